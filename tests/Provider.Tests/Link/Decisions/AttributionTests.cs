using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.QingCloud;
using Xunit;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Whose a job is, by what its directive shows.</summary>
public sealed class AttributionTests
{
    private static readonly ResourceIdentity Self = ResourceIdentity.Of("urn:pulumi:a::p::t::one");
    private static readonly ResourceIdentity SameStack = ResourceIdentity.Of("urn:pulumi:a::p::t::two");
    private static readonly ResourceIdentity OtherStack = ResourceIdentity.Of("urn:pulumi:b::p::t::one");
    private static readonly SecretText Key = new("QYACCESSKEYID");

    [Theory]
    [InlineData("own", "api", "own", nameof(Submitter.ThisResource))]
    [InlineData("same stack", "api", "own", nameof(Submitter.SameStack))]
    [InlineData("other stack", "api", "own", nameof(Submitter.OtherStack))]
    [InlineData("own", "console", "other", nameof(Submitter.ThisResource))]
    [InlineData("foreign", "api", "own", nameof(Submitter.AnotherProgram))]
    [InlineData("foreign", "internal", "own", nameof(Submitter.QingCloud))]
    [InlineData("none", "console", "own", nameof(Submitter.Console))]
    [InlineData("none", "internal", "own", nameof(Submitter.QingCloud))]
    [InlineData("none", "api", "own", nameof(Submitter.SameKey))]
    [InlineData("none", "api", "other", nameof(Submitter.AnotherProgram))]
    [InlineData("none", "api", "none", nameof(Submitter.Unknown))]
    [InlineData("none", null, "own", nameof(Submitter.SameKey))]
    [InlineData("none", null, "none", nameof(Submitter.Unknown))]
    public void A_job_is_whose_its_directive_says(string requestId, string? channel, string key, string expected)
    {
        var job = JobOf(requestId, channel, key);
        var attribution = new Attributions(Self, Key, [job]).Of(job);
        Assert.Equal(expected, attribution.By.ToString());
        Assert.Equal(
            expected is not (nameof(Submitter.ThisResource) or nameof(Submitter.SameKey) or nameof(Submitter.Unknown)),
            attribution.IsAnother
        );
        var isOfPackage = requestId is "own" or "same stack" or "other stack";
        Assert.Equal(isOfPackage ? Purpose.StopToDelete : null, attribution.Purpose);
    }

    /// <summary>Where QingCloud echoes the <c>req_id</c> of other jobs, a job without one is not this provider's.</summary>
    [Fact]
    public void A_job_without_req_id_beside_others_is_another_programs()
    {
        var job = JobOf("none", "api", "own");
        var others = new[] { job, JobOf("foreign", "api", "own"), JobOf("none", "api", "own") };
        Assert.Equal(Submitter.AnotherProgram, new Attributions(Self, Key, others).Of(job).By);
    }

    [Fact]
    public void A_function_knows_no_resource_as_its_own()
    {
        var job = JobOf("own", "api", "own");
        Assert.Equal(Submitter.SomeResource, new Attributions(null, Key, [job]).Of(job).By);
    }

    /// <summary>An instance role's key changes: another one says nothing.</summary>
    [Fact]
    public void A_key_that_changes_says_nothing()
    {
        var job = JobOf("none", "api", "other");
        Assert.Equal(Submitter.Unknown, new Attributions(Self, null, [job]).Of(job).By);
    }

    [Fact]
    public void No_job_and_no_directive_say_nothing()
    {
        var attributions = new Attributions(Self, Key, []);
        Assert.Equal(Attribution.Unknown, attributions.Of(null));
        Assert.Equal(Attribution.Unknown, attributions.Of(JobOf("none", null, "none") with { Request = null }));
    }

    [Fact]
    public void Every_submitter_has_words_of_its_own()
    {
        var attributions = Enum.GetValues<Submitter>()
            .Select(by => new Attribution(by))
            .Append(new Attribution(Submitter.ThisResource, Purpose.StopToStart))
            .Append(new Attribution(Submitter.ThisResource, Purpose.StopToDelete));
        var words = attributions.Select(each => each.Words).ToList();
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.DoesNotContain("", words);
        Assert.Equal(
            new Attribution(Submitter.ThisResource, Purpose.StopToDelete).Words,
            new Attribution(Submitter.ThisResource, Purpose.PromoteToDelete).Words
        );
    }

    private static Job JobOf(string requestId, string? channel, string key)
    {
        var whose = requestId switch
        {
            "own" => Self,
            "same stack" => SameStack,
            "other stack" => OtherStack,
            _ => null,
        };
        var id =
            whose is not null ? new RequestId(whose, Purpose.StopToDelete).ForOneCall(new Random(1))
            : requestId == "foreign" ? "foreign-id"
            : null;
        var accessKey = key switch
        {
            "own" => Key,
            "other" => new SecretText("QYANOTHERKEYID"),
            _ => null,
        };
        var request = new ServiceRequest("stop_standby", "cl-standby", "sh1a", null)
        {
            Sender = new Sender(id, null, accessKey, channel),
        };
        return new Job("j-1", JobKinds.CustomService, JobStatus.Successful, "", default, default, "", [], request);
    }
}
