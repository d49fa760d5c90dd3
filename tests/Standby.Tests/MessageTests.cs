using System.Reflection;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.Link.Lifecycle;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Tests;

/// <summary>Every message that ends an operation is fit for somebody who is tired: it says what to do, and no
/// secret.</summary>
public sealed partial class MessageTests
{
    /// <summary>A refusal by the name of its method.</summary>
    public static TheoryData<string> Refusals => [.. Methods(typeof(PluginException)).Select(method => method.Name)];

    public static TheoryData<string> Warnings => [.. Methods(typeof(string)).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_says_what_it_found_and_what_to_do(string refusal)
    {
        var message = ((PluginException)Call(refusal)).Message;

        AssertPlain(message);
        Assert.Matches(NextStep(), message);
        Assert.Matches("cl-|^source.password", message);
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public void A_warning_names_the_job_or_the_cluster(string warning)
    {
        var message = (string)Call(warning);

        AssertPlain(message);
        Assert.Matches("job j-|cl-", message);
    }

    [Theory]
    [InlineData(ServiceNames.StartStandby)]
    [InlineData(ServiceNames.StopStandby)]
    [InlineData(ServiceNames.PromoteStandby)]
    public void A_failed_job_is_named_with_what_to_do(string service)
    {
        var job = Sample.Job("j-failed01", service, JobStatus.Failed);

        var message = JobFailure.Of(service, job, "Nothing links the cluster.").Message;

        AssertPlain(message);
        Assert.Matches(NextStep(), message);
        Assert.Contains("j-failed01", message, StringComparison.Ordinal);
        Assert.Contains("error_codes 1234", message, StringComparison.Ordinal);
    }

    /// <summary>Inputs that are wrong in every way: missing, of the wrong kind, malformed, misspelt.</summary>
    [Fact]
    public void Every_bad_input_is_a_failure_that_says_what_is_wanted()
    {
        var names = Sample.Program.Keys.Concat(["role", "onDelete", "promoted", "relinkAfter", "clusterID"]);
        PropertyValue[] wrong =
        [
            PropertyValue.Null,
            PropertyValue.Of(""),
            PropertyValue.Of("!"),
            PropertyValue.Of(1),
            PropertyValue.Of(true),
            new PropertyValue.ListValue([]),
            PropertyValue.Of(PropertyMap.Empty),
            PropertyValue.Of("hush").AsSecret(),
        ];
        var failures = names
            .SelectMany(_ => wrong, (name, value) => InputCheck.Run(Sample.Program.With(name, value), null))
            .SelectMany(result => result.Failures)
            .ToList();

        Assert.InRange(failures.Count, 50, int.MaxValue);
        Assert.All(
            failures,
            failure =>
            {
                AssertPlain(failure.Reason);
                Assert.Matches(
                    "must be|set it to|did you mean|the properties here are|another cluster",
                    failure.Reason
                );
                Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal);
            }
        );
    }

    private static void AssertPlain(string message)
    {
        Assert.DoesNotContain("Passwd@123", message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", message, StringComparison.Ordinal);
    }

    private static IEnumerable<MethodInfo> Methods(Type returns) =>
        typeof(Refusal)
            .GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(method => method.ReturnType == returns);

    private static object Call(string name)
    {
        var method = typeof(Refusal).GetMethod(name, BindingFlags.Static | BindingFlags.Public)!;
        return method.Invoke(null, [.. method.GetParameters().Select(Argument)])!;
    }

    private static object Argument(ParameterInfo parameter)
    {
        var start = Sample.Job("j-start001", ServiceNames.StartStandby);
        object value = parameter.ParameterType.Name switch
        {
            nameof(StandbyId) => new StandbyId("sh1a", Sample.StandbyCluster),
            nameof(Cluster) => new Cluster(
                Sample.StandbyCluster,
                "orders",
                "suspended",
                "resuming",
                new Dictionary<string, string>()
            ),
            nameof(Choices) => new Choices(Sample.Typed, "j-stop0001"),
            nameof(ObservedLink) => new ObservedLink(LinkState.Replicating, Source.Of(Sample.Link), start, start),
            nameof(Source) => Source.Of(Sample.Link),
            nameof(LinkParameters) => Sample.Link,
            nameof(QingCloudException) => new QingCloudException(FailureKind.PermissionDenied, "It was refused."),
            nameof(String) when parameter.Name == "service" => ServiceNames.StartStandby,
            nameof(String) when parameter.Name == "jobId" => "j-stop0001",
            nameof(String) => Sample.StandbyCluster,
            _ => throw new NotSupportedException($"{parameter} is new here: give it a value."),
        };
        return value;
    }

    [GeneratedRegex(
        @"\b([Rr]un|Set|Check|Choose|Promote|Start or restore|See|[Ii]mport it|[Ss]top it first"
            + @"|declare the resource|remove the resource)\b",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex NextStep();
}
