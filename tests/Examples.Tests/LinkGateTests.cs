namespace QingCloudMySqlStandby.Examples.Tests;

/// <summary>What examples/ci/link-gate.cs lets pass, on recorded previews that were cut down to what it reads.</summary>
public sealed class LinkGateTests(LinkGate gate) : IClassFixture<LinkGate>
{
    [Theory]
    [InlineData("nothing")]
    [InlineData("create")]
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
    [InlineData("relink", "orders-dr would be linked anew (source.host, source.password)")]
    [InlineData("replace", "orders-dr would be replaced (source)")]
    [InlineData("replace-in-parts", "orders-dr would be replaced (syncWay)")]
    [InlineData("stop", "orders-dr would be deleted: the link is stopped")]
    [InlineData("promote-on-delete", "orders-dr would be deleted: the standby is promoted")]
    [InlineData("promote", "orders-dr would be promoted")]
    [InlineData("in-component", "orders-dr would be deleted")]
    [InlineData("without-details", "orders-dr would be linked anew (source)")]
    public async Task The_gate_is_closed_when_a_link_is_in_danger(string preview, string finding)
    {
        var result = await gate.RunAsync(FileOf(preview));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"REFUSED: {finding}", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith("REFUSED", StringComparison.Ordinal));
        Assert.Contains("--allow orders-dr", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "orders-dr", "payments-dr")]
    [InlineData(1, "orders-dr")]
    [InlineData(1, "payments-dr", "other-dr")]
    public async Task What_is_meant_is_allowed_by_name(int exitCode, params string[] names)
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

    private static string FileOf(string preview) => Repository.PathOf("tests", "Examples.Tests", "Previews", $"{preview}.json");
}
