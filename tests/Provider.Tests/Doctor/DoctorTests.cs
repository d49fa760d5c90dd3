using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>The doctor finds each guess right on the simulator, and wrong where an answer is changed.</summary>
[Collection(nameof(Alone))]
public sealed partial class DoctorTests
{
    [Theory]
    [InlineData(Echo.Full, "Ok Ok Ok Ok Ok Ok Ok")]
    [InlineData(Echo.WithoutRequestId, "Ok Ok Ok NotSeen Ok Ok Ok")]
    [InlineData(Echo.WithoutSender, "Ok Ok Ok NotSeen Differs Differs Differs")]
    [InlineData(Echo.None, "Breaks NotSeen NotSeen NotSeen NotSeen NotSeen NotSeen")]
    public async Task What_directives_echo_is_found_at_every_level(Echo echo, string verdicts)
    {
        await using var rig = await DoctorRig.StartAsync(new JobListing(echo));
        await rig.LiveAsync();

        var examination = await rig.ExamineAsync();

        Assert.Equal(
            verdicts,
            string.Join(
                ' ',
                examination
                    .Findings.Where(finding => finding.Check.StartsWith("directive-", StringComparison.Ordinal))
                    .Select(finding => finding.Verdict)
            )
        );
        Assert.Equal(echo == Echo.None, examination.Breaks);
    }

    [Theory]
    [InlineData(Simulator.Api.JobActionFilter.Applied, "Ok")]
    [InlineData(Simulator.Api.JobActionFilter.Ignored, "Differs")]
    [InlineData(Simulator.Api.JobActionFilter.Refused1100, "Differs")]
    [InlineData(Simulator.Api.JobActionFilter.Refused1101, "Differs")]
    public async Task What_becomes_of_the_filter_is_found(Simulator.Api.JobActionFilter filter, string verdict)
    {
        await using var rig = await DoctorRig.StartAsync(new JobListing(JobAction: filter));
        await rig.LiveAsync();

        Assert.Equal(verdict, $"{Find(await rig.ExamineAsync(), "jobs-action").Verdict}");
    }

    [Fact]
    public async Task A_healthy_account_has_nothing_that_breaks_or_differs()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var examination = await rig.ExamineAsync();

        Assert.All(examination.Findings, finding => Assert.True(finding.Verdict == Verdict.Ok, finding.ToString()));
        Assert.Contains("its source is cl-9np7ig3g", Find(examination, "link").Seen, StringComparison.Ordinal);
        Assert.Contains("submitted by", Find(examination, "link").Seen, StringComparison.Ordinal);
    }

    /// <summary>Of each guess that an answer can prove wrong.</summary>
    [Theory]
    [InlineData("jobs-readable", "DescribeJobs", "Breaks", "no create_time")]
    [InlineData("jobs-order", "DescribeJobs", "Breaks", "oldest first")]
    [InlineData("jobs-total", "DescribeJobs", "Differs", "no total")]
    [InlineData("jobs-status", "DescribeJobs", "Breaks", "other status")]
    [InlineData("jobs-history", "DescribeJobs", "Differs", "large total")]
    [InlineData("jobs-unknown-id", "DescribeJobs", "Breaks", "never refuses")]
    [InlineData("directive-form", "DescribeJobs", "Breaks", "unreadable directive")]
    [InlineData("directive-service", "DescribeJobs", "Breaks", "no service")]
    [InlineData("directive-link", "DescribeJobs", "Differs", "no service_params")]
    [InlineData("cluster", "DescribeClusters", "Breaks", "suspended")]
    [InlineData("cluster-role", "DescribeClusters", "Breaks", "other role")]
    [InlineData("cluster-tabs", "DescribeClusters", "NotSeen", "no tabs")]
    [InlineData("tab-form", "DescribeClusterDisplayTabs", "Differs", "other tab")]
    [InlineData("post", "DescribeClusters", "Breaks", "refused")]
    [InlineData("jobs-readable", "DescribeJobs", "Breaks", "not allowed")]
    [InlineData("tab-form", "DescribeClusterDisplayTabs", "Differs", "not allowed")]
    public async Task A_wrong_guess_is_found(string check, string action, string verdict, string wrong)
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var examination = await rig.ExamineAsync(new ChangedAnswers(action, answer => Spoil(answer, wrong)));

        var finding = Find(examination, check);
        Assert.Equal(verdict, $"{finding.Verdict}");
        Assert.NotEmpty(finding.Meaning);
        Assert.Equal(verdict == "Breaks", examination.Breaks);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_corrected_and_reported()
    {
        await using var rig = await DoctorRig.StartAsync();
        rig.Api.AddFault("skew=630s");

        var clock = Find(await rig.ExamineAsync(), "clock");

        Assert.Equal(Verdict.Differs, clock.Verdict);
        Assert.Contains("10m", clock.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_jobs_proves_little_and_breaks_nothing()
    {
        await using var rig = await DoctorRig.StartAsync();

        var examination = await rig.ExamineAsync();

        Assert.Equal(Verdict.NotSeen, Find(examination, "jobs-order").Verdict);
        Assert.False(examination.Breaks);
    }

    [Fact]
    public async Task The_document_lists_each_check_and_no_other()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();
        var checks = (await rig.ExamineAsync()).Findings.Select(finding => finding.Check);

        var document = await File.ReadAllTextAsync(
            Path.Combine(Root(AppContext.BaseDirectory), "docs", "assumptions.md"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(checks, Row().Matches(document).Select(row => row.Groups["check"].Value));
    }

    private static string Root(string directory) =>
        File.Exists(Path.Combine(directory, "schema.json")) ? directory : Root(Path.GetDirectoryName(directory)!);

    [GeneratedRegex(
        @"^\| `(?<check>[a-z-]+)` \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Row();

    private static Finding Find(Examination examination, string check) =>
        Assert.Single(examination.Findings, finding => finding.Check == check);

    private static void Spoil(JsonObject answer, string wrong)
    {
        var jobs = answer["job_set"]?.AsArray().OfType<JsonObject>().ToList() ?? [];
        switch (wrong)
        {
            case "no create_time":
                jobs.ForEach(job => job.Remove("create_time"));
                break;
            case "oldest first":
                answer["job_set"]?.AsArray().Clear();
                var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                jobs.ForEach(job => job["create_time"] = $"{(at += TimeSpan.FromDays(1)):yyyy-MM-ddTHH:mm:ssZ}");
                jobs.ForEach(job => answer["job_set"]!.AsArray().Add(job));
                break;
            case "no total":
                answer.Remove("total_count");
                break;
            case "large total":
                answer["total_count"] = 1000;
                break;
            case "other status":
                jobs.ForEach(job => job["status"] = "aborted");
                break;
            case "never refuses":
                answer["ret_code"] = 0;
                answer["job_set"] ??= new JsonArray(new JsonObject { ["job_id"] = "j-another1" });
                break;
            case "unreadable directive":
                jobs.ForEach(job => job["directive"] = "?");
                break;
            case "no service":
                jobs.ForEach(job => Edit(job, directive => directive.Remove("service")));
                break;
            case "no service_params":
                jobs.ForEach(job => Edit(job, directive => directive.Remove("service_params")));
                break;
            case "not allowed":
                answer["ret_code"] = 1400;
                answer["message"] = "PermissionDenied";
                break;
            case "refused":
                answer["ret_code"] = 1101;
                answer["message"] = "method POST is not supported";
                break;
            default:
                SpoilCluster(answer, wrong);
                break;
        }
    }

    private static void SpoilCluster(JsonObject answer, string wrong)
    {
        var cluster = answer["cluster_set"]?[0]?.AsObject();
        switch (wrong)
        {
            case "suspended":
                cluster!["status"] = "suspended";
                break;
            case "other role":
                cluster!["roles"] = new JsonArray("mysql");
                break;
            case "no tabs":
                cluster!.Remove("display_tabs");
                break;
            default:
                answer["display_tabs"] = new JsonObject { ["labels"] = new JsonArray("x"), ["data"] = "?" };
                break;
        }
    }

    private static void Edit(JsonObject job, Action<JsonObject> change)
    {
        if (job["directive"] is JsonValue text)
        {
            var directive = JsonNode.Parse((string)text!)!.AsObject();
            change(directive);
            job["directive"] = directive.ToJsonString();
        }
    }
}
