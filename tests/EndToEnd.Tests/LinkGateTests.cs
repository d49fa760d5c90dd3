namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>What examples/ci/link-gate.cs lets pass, on recorded previews that were cut down to what it
/// reads.</summary>
public sealed class LinkGateTests(LinkGate gate) : IClassFixture<LinkGate>
{
    private const string Restart = "would be stopped and started anew ";
    private const string Start = "would be started over what was written since job ";
    private const string Overwrites = " with full, which overwrites the standby's data";

    [Theory]
    [InlineData("nothing")]
    [InlineData("state-only")]
    [InlineData("delete-ended")]
    [InlineData("delete-retained")]
    [InlineData("accept-failover")]
    [InlineData("of-others")]
    public async Task The_gate_is_open_when_no_link_is_in_danger(string preview)
    {
        var result = await gate.RunAsync(FileOf(preview));

        Assert.Equal((0, "The gate is open."), (result.ExitCode, result.Output.Trim()));
    }

    [Theory]
    [InlineData("create", "start", "would be created: the link is started" + Overwrites)]
    [InlineData("create-increment", "start", "would be created: the link is started with increment")]
    [InlineData("restart-address", "restart", Restart + "(source.host, source.password) with increment")]
    [InlineData("restart-source", "restart", Restart + "(source.clusterId, source.host)" + Overwrites)]
    [InlineData("restart-role", "restart", Restart + "(role) with increment")]
    [InlineData("restart-copy", "restart", Restart + "(syncWay)" + Overwrites)]
    [InlineData("without-details", "restart", Restart + "(source)" + Overwrites)]
    [InlineData("start-over-failover", "start", Start + "j-8bzonamppy3" + Overwrites)]
    [InlineData("start-over-promotion", "start", Start + "j-8bzonamppy3" + Overwrites)]
    [InlineData("replace", "replace", "would be replaced (id)")]
    [InlineData("replace-in-parts", "replace", "would be replaced (clusterId)")]
    [InlineData("stop", "stop", "would be deleted: the link is stopped")]
    [InlineData("promote-on-delete", "promote", "would be deleted: the standby is promoted")]
    [InlineData("promote", "promote", "would be promoted")]
    [InlineData("in-component", "stop", "would be deleted")]
    public async Task The_gate_is_closed_to_what_touches_a_link_until_its_kind_is_allowed(
        string preview,
        string kind,
        string effect
    )
    {
        var result = await gate.RunAsync(FileOf(preview));
        var other = await gate.RunAsync(FileOf(preview), "--allow", "orders-dr:another", "--allow", $"other:{kind}");
        var allowed = await gate.RunAsync(FileOf(preview), "--allow", $"orders-dr:{kind}");

        Assert.Equal((1, 1, 0), (result.ExitCode, other.ExitCode, allowed.ExitCode));
        Assert.Contains($"REFUSED: orders-dr {effect}", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith("REFUSED", StringComparison.Ordinal));
        Assert.EndsWith($"allow it: --allow orders-dr:{kind}", result.Output.Trim(), StringComparison.Ordinal);
        Assert.Contains($"allowed: orders-dr {effect}", allowed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "orders-dr:stop", "payments-dr:restart")]
    [InlineData(1, "orders-dr:stop")]
    [InlineData(1, "payments-dr:restart", "other-dr:stop")]
    [InlineData(1, "orders-dr", "payments-dr")]
    public async Task Each_link_is_allowed_by_its_name_and_kind(int exitCode, params string[] names)
    {
        var result = await gate.RunAsync([FileOf("two-links"), .. names.SelectMany(name => new[] { "--allow", name })]);

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Theory]
    [InlineData("failed", "The preview failed: clusterId must be")]
    [InlineData("no-preview", "is not what `pulumi preview --json` prints")]
    [InlineData("no-json", "is not what `pulumi preview --json` prints")]
    [InlineData("missing", "is not what `pulumi preview --json` prints")]
    public async Task What_is_no_preview_does_not_pass(string preview, string message)
    {
        var result = await gate.RunAsync(FileOf(preview));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_preview_the_gate_says_how_it_is_used()
    {
        var result = await gate.RunAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("usage:", result.Errors, StringComparison.Ordinal);
    }

    private static string FileOf(string preview) =>
        Repository.PathOf("tests", "EndToEnd.Tests", "Previews", $"{preview}.json");
}
