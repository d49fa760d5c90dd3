using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>The command: its exit codes, its table and its report.</summary>
[Collection(nameof(Alone))]
public sealed class DoctorCommandTests
{
    [Fact]
    public async Task All_is_well_is_0()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var (code, output) = await rig.RunAsync(ChangedAnswers.None, "--zone", "sh1a", "--cluster", DoctorRig.Standby);

        Assert.Equal(0, code);
        Assert.Contains("ok        directive-req-id", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was found that would go wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_breaks_is_1()
    {
        await using var rig = await DoctorRig.StartAsync();

        var (code, output) = await rig.RunAsync(ChangedAnswers.None, "--zone", "sh1a", "--cluster", "cl-absent00");

        Assert.Equal(1, code);
        Assert.Contains("BREAKS    cluster", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cluster", "cl-ouhutv70")]
    [InlineData("--zone")]
    [InlineData("--zones", "sh1a")]
    [InlineData("--zone", "sh1a", "--report", "/")]
    public async Task What_cannot_be_found_out_is_2(params string[] args)
    {
        await using var rig = await DoctorRig.StartAsync();

        Assert.Equal(2, (await rig.RunAsync(ChangedAnswers.None, args)).Code);
    }

    [Fact]
    public async Task Help_is_0_and_names_the_exit_codes()
    {
        await using var rig = await DoctorRig.StartAsync();

        var (code, output) = await rig.RunAsync(ChangedAnswers.None, "--help");

        Assert.Equal(0, code);
        Assert.Contains("Exit code: 0 all is well", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_keys_are_2_with_what_to_do()
    {
        await using var rig = await DoctorRig.StartAsync();
        using var client = rig.Client(ChangedAnswers.None, secret: "wrong-secret");
        using var output = new StringWriter();

        var code = await new DoctorCommand("1.2.3", client, TimeProvider.System).RunAsync(
            ["--zone", "sh1a"],
            output,
            output,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(2, code);
        Assert.Contains("ret_code 1200", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_table_nor_report_holds_a_secret_and_the_report_no_id()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var (output, report) = await ReportAsync(rig);

        foreach (var secret in new[] { DoctorRig.Password, ApiOptions.DemoAccessKeyId, ApiOptions.DemoSecretAccessKey })
            Assert.DoesNotContain(secret, output + report, StringComparison.Ordinal);

        Assert.DoesNotContain(DoctorRig.Standby, report, StringComparison.Ordinal);
        Assert.DoesNotContain("192.168", report, StringComparison.Ordinal);
        Assert.All(rig.Cloud.Jobs, job => Assert.DoesNotContain(job.Id, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_the_server_says_is_in_the_report()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();
        var words = new ChangedAnswers(
            "DescribeJobs",
            answer =>
            {
                foreach (var job in answer["job_set"]?.AsArray() ?? [])
                    job!["status"] = "brokenword";
            }
        );

        var (output, report) = await ReportAsync(rig, words);

        Assert.Contains("brokenword", output, StringComparison.Ordinal);
        Assert.DoesNotContain("brokenword", report, StringComparison.Ordinal);
        Assert.DoesNotContain(DoctorRig.Zone, report, StringComparison.Ordinal);
        Assert.Contains("(not in the report)", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cl-ouhutv70")]
    [InlineData("cl-abcdefgh")]
    [InlineData("whatever it is")]
    public void An_id_has_another_name_in_a_report_whatever_its_form(string id)
    {
        var names = new Pseudonyms();
        var cluster = new ClusterId(id);
        Wording what = $"{cluster} is not {new ClusterId("cl-0ther001")}, but {cluster}";

        Assert.Equal($"{id} is not cl-0ther001, but {id}", what.Shown);
        Assert.Equal("cluster-1 is not cluster-2, but cluster-1", what.ForReport(names));
        Assert.Equal("cluster-2", names.Of("cl-0ther001"));
    }

    [Fact]
    public void A_report_takes_fixed_words_numbers_and_hours_and_no_other_string()
    {
        var time = new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.Zero);
        var server = "10.0.0.1";
        Wording what = $"seen {7} at {time} by {server}, {Wording.Own("ours")}";
        Wording bare = server;
        var refusal = Wording.Of(new QingCloudException(FailureKind.NotFound, "cl-1 of 10.0.0.1", 2100));

        Assert.Equal("seen 7 at 2026-03-01T12:34:56Z by 10.0.0.1, ours", what.Shown);
        Assert.Equal("seen 7 at 2026-03-01T12:00Z by (not in the report), ours", what.ForReport(new Pseudonyms()));
        Assert.Equal("(not in the report)", bare.ForReport(new Pseudonyms()));
        Assert.Equal("cl-1 of 10.0.0.1", refusal.Shown);
        Assert.Equal("NotFound, ret_code 2100", refusal.ForReport(new Pseudonyms()));
    }

    /// <summary>A report from a real account turns the simulator into one that answers as that account does.</summary>
    [Theory]
    [InlineData(Echo.Full, false, Simulator.Api.JobActionFilter.Applied)]
    [InlineData(Echo.WithoutRequestId, true, Simulator.Api.JobActionFilter.Ignored)]
    [InlineData(Echo.WithoutSender, false, Simulator.Api.JobActionFilter.Refused1100)]
    [InlineData(Echo.None, false, Simulator.Api.JobActionFilter.Applied)]
    public async Task A_simulator_that_is_fed_the_report_answers_likewise(
        Echo echo,
        bool hidesPasswords,
        Simulator.Api.JobActionFilter filter
    )
    {
        await using var real = await DoctorRig.StartAsync(new JobListing(echo, hidesPasswords, filter));
        await real.LiveAsync();
        var (_, report) = await ReportAsync(real);

        await using var simulated = await DoctorRig.StartAsync(ReportedListing.Read(report));
        await simulated.LiveAsync();

        Assert.Equal(
            JsonNode.Parse(report)!["traits"]!.ToJsonString(),
            JsonNode.Parse((await ReportAsync(simulated)).Report)!["traits"]!.ToJsonString()
        );
    }

    private static async Task<(string Output, string Report)> ReportAsync(DoctorRig rig, ChangedAnswers? answers = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            var (_, output) = await rig.RunAsync(
                answers ?? ChangedAnswers.None,
                "--zone",
                DoctorRig.Zone,
                "--cluster",
                DoctorRig.Standby,
                "--report",
                file
            );
            return (output, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
