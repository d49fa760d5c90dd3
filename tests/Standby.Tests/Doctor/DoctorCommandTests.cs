using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Standby.Tests.Doctor;

/// <summary>The command: its exit codes, its table and its report.</summary>
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
    public void The_same_id_has_the_same_name_in_a_report()
    {
        var names = new Pseudonyms();

        Assert.Equal("cl-1 follows cl-2 by j-1", names.Apply("cl-ouhutv70 follows cl-9np7ig3g by j-pfiu9d1waxq"));
        Assert.Equal("cl-2, not cl-3", names.Apply("cl-9np7ig3g, not cl-0ther001"));
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

    private static async Task<(string Output, string Report)> ReportAsync(DoctorRig rig)
    {
        var file = Path.GetTempFileName();
        try
        {
            var (_, output) = await rig.RunAsync(
                ChangedAnswers.None,
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
