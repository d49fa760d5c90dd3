namespace QingCloudMySqlStandby.Plugin.Interop;

/// <summary>The plugin, called by Pulumi's own code: each check of the Node.js scripts is a test here, by its
/// name.</summary>
[Collection(nameof(Alone))]
public sealed class InteropTests(NodeChecks checks) : IClassFixture<NodeChecks>
{
    /// <summary>The checks that must have run. One that is missing from the results has failed.</summary>
    public static TheoryData<string> Names { get; } =
    [
        "plain values come back",
        "a secret of the SDK comes back as one",
        "an output value of the SDK comes back as one",
        "an unknown output value comes back without a value",
        "an unknown of the SDK comes back unknown",
        "a resource reference comes back whole",
        "assets and archives of the SDK come back",
        "values nested thirty deep come back",
        "values nested ten thousand deep are refused",
        "check failures come back",
        "handshake reports what is accepted",
        "configure takes values and agrees with the handshake",
        "version and schema are reported",
        "attach is answered",
        "diff answers agree with each other",
        "create, read, update and delete answer",
        "what is gone reads without an id",
        "a thousand calls run at once",
        "a request of fifteen megabytes passes",
        "a request of twenty megabytes is refused",
        "an answer of sixty megabytes passes",
        "gzip requests are read",
        "a deadline ends a call and its operation",
        "a client's cancellation ends a call and its operation",
        "list streams its resources",
        "list reports its error after what it found",
        "a list left by its client ends",
        "construct, call, parameterize and mappings are unimplemented",
        "a method with an empty name is unimplemented",
        "every error has its code and message",
        "a message of any text arrives",
        "a partial state arrives in the details",
        "a partial state of any length is padded rightly",
        "what was not expected asks for a report",
        "log messages arrive in order before the answer",
        "an engine that is not there fails no operation",
        "without an engine's address it serves until one attaches",
        "flags of the engine are ignored",
        "the port is the only line on standard output",
        "cancel ends every operation, which answers its partial state",
        "cancel and SIGINT end an idle plugin with code 0",
        "an operation that will not stop does not keep the plugin beyond the engine's patience",
        "SIGTERM ends a plugin at work with code 0, and its operation answers",
        "the end of standard input ends a plugin at work with code 0",
        "a null device as standard input does not end it",
        "an empty path and other nonsense harm nobody",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pulumi_finds_that(string check)
    {
        Assert.SkipWhen(checks.SkipReason is not null, checks.SkipReason ?? "");

        Assert.True(checks.Results.TryGetValue(check, out var failure), "The check did not run.");
        Assert.Null(failure);
    }

    [Fact]
    public void Every_check_is_a_test()
    {
        Assert.SkipWhen(checks.SkipReason is not null, checks.SkipReason ?? "");

        Assert.Empty(checks.Results.Keys.Except(Names.Select(row => row.Data)));
    }
}
