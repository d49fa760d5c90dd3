namespace QingCloudMySqlStandby.EndToEnd.Tests.Engines;

/// <summary>What came of a run: whether it succeeded, what it said, and for a preview the operations on
/// links.</summary>
internal sealed record EngineRun(bool Succeeded, string Text, IReadOnlyList<string> Operations)
{
    public EngineRun Check()
    {
        Assert.True(Succeeded, Text);
        return this;
    }
}

/// <summary>Pulumi's command line, or the small engine in its place, over one stack of an example.</summary>
internal interface IEngine : IAsyncDisposable
{
    Task SetAsync(string key, string value);

    Task SetSecretAsync(string key, string value);

    Task<EngineRun> PreviewAsync();

    /// <param name="interrupt">When it completes, the user presses Ctrl-C.</param>
    Task<EngineRun> UpAsync(Task? interrupt = null);

    Task<EngineRun> RefreshAsync();

    Task<EngineRun> ImportAsync(string name, string id);

    Task<EngineRun> DestroyAsync();

    /// <summary>The links in the state, a line each: name, id, and the outputs that do not depend on the time of
    /// day.</summary>
    Task<IReadOnlyList<string>> LinksAsync();

    /// <summary>The stack's outputs, but for times of day.</summary>
    Task<string> OutputsAsync();
}

/// <summary>What engines say alike of links.</summary>
internal static class LinkLines
{
    public const string Type = "qingcloud-mysql-standby:index:StandbyReplication";

    public static readonly string[] Outputs =
    [
        "state",
        "promoted",
        "syncWay",
        "role",
        "onDelete",
        "relinkAfter",
        "clusterName",
        "clusterStatus",
        "jobId",
    ];
}
