using System.Globalization;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>What examples/ci/health-gate.cs lets pass.</summary>
public sealed class HealthGateTests(HealthGate gate) : IClassFixture<HealthGate>, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("health-gate-outputs-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("well", "--max-lag", "60")]
    [InlineData("well", "--max-lag", "12")]
    [InlineData("well", "--max-lag", "60", "--rehearsed-within", "30")]
    [InlineData("no lag", "--max-lag", "60", "--allow-unknown-lag")]
    [InlineData("no rehearsal", "--max-lag", "60")]
    public async Task The_gate_is_open_when_all_is_well(string what, params string[] options)
    {
        var result = await gate.RunAsync([Outputs(what), .. options]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("the summary\nThe gate is open.", result.Output.Trim().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("not linked", "the standby does not replicate (promoted)")]
    [InlineData("sick node", "node cln-2 is active and unhealthy")]
    [InlineData("stopped node", "node cln-2 is stopped and healthy")]
    [InlineData("no nodes", "its nodes are not known")]
    [InlineData("behind", "it is 720 s behind, and 60 are allowed")]
    [InlineData("no lag", "how far it is behind is not known")]
    [InlineData("old lag", "how far it is behind was last measured at 2020-01-01")]
    [InlineData("no rehearsal", "no rehearsal is known")]
    [InlineData("old rehearsal", "the last rehearsal was at 2020-01-01")]
    public async Task The_gate_is_closed_when_something_is_not(string what, string finding)
    {
        var result = await gate.RunAsync(Outputs(what), "--max-lag", "60", "--rehearsed-within", "30");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"CLOSED: {finding}", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith("CLOSED", StringComparison.Ordinal));
        Assert.DoesNotContain("The gate is open", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "--max-lag", "60")]
    [InlineData("no json", "--max-lag", "60")]
    [InlineData("missing", "--max-lag", "60")]
    [InlineData("well")]
    [InlineData("well", "--max-lag")]
    [InlineData("well", "--max-lag", "a while")]
    public async Task What_is_no_output_does_not_pass(string what, params string[] options) =>
        Assert.Equal(2, (await gate.RunAsync([Outputs(what), .. options])).ExitCode);

    [Fact]
    public async Task Without_a_file_it_says_how_it_is_used()
    {
        var result = await gate.RunAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("usage: health-gate <health.json>", result.Errors, StringComparison.Ordinal);
    }

    private string Outputs(string what)
    {
        var file = Path.Combine(_directory.FullName, "health.json");
        if (what != "missing")
            File.WriteAllText(file, what == "no json" ? "?" : Program(what).ToJsonString());

        return file;
    }

    private static JsonObject Program(string what)
    {
        var health = new JsonObject
        {
            ["isLinked"] = true,
            ["state"] = "replicating",
            ["nodes"] = new JsonArray(Node("cln-1"), Node("cln-2")),
            ["lagSeconds"] = 12,
            ["lagMeasuredAt"] = Ago(TimeSpan.FromMinutes(7)),
            ["lagMeter"] = "seconds_behind_master",
            ["summary"] = "the summary",
        };
        var outputs = new JsonObject { ["health"] = health, ["lastRehearsedAt"] = Ago(TimeSpan.FromDays(20)) };
        switch (what)
        {
            case "not linked":
                health["isLinked"] = false;
                health["state"] = "promoted";
                break;
            case "sick node":
                health["nodes"]![1]!["health"] = "unhealthy";
                break;
            case "stopped node":
                health["nodes"]![1]!["status"] = "stopped";
                break;
            case "no nodes":
                health["nodes"] = new JsonArray();
                break;
            case "behind":
                health["lagSeconds"] = 720;
                break;
            case "no lag":
                health.Remove("lagSeconds");
                break;
            case "old lag":
                health["lagMeasuredAt"] = "2020-01-01T00:00:00Z";
                break;
            case "no rehearsal":
                outputs.Remove("lastRehearsedAt");
                break;
            case "old rehearsal":
                outputs["lastRehearsedAt"] = "2020-01-01T00:00:00Z";
                break;
            case "nothing":
                return [];
            default:
                break;
        }

        return outputs;
    }

    private static JsonObject Node(string id) =>
        new()
        {
            ["id"] = id,
            ["role"] = "maininstance",
            ["status"] = "active",
            ["health"] = "healthy",
        };

    private static string Ago(TimeSpan time) =>
        (DateTimeOffset.UtcNow - time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
