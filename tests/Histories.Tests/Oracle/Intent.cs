namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>What a program declared when a command was run, in the words of the schema.</summary>
/// <param name="Run">Unique for a resource. What the run submits has the caller <c>stack/resource#run</c>.</param>
/// <param name="ClusterId">In a <c>replacement</c>: the new cluster.</param>
/// <param name="OnDelete">In a <c>destroy</c>: what the last successful run declared.</param>
/// <param name="Operation"><c>up</c>, <c>replacement</c>, <c>destroy</c>, <c>import</c>, <c>refresh</c>, <c>preview</c>;
/// <c>forget</c>: the resource leaves the state without the provider.</param>
/// <param name="Connection">Stands for host, port, user and password, without showing them.</param>
/// <param name="AtRest">No fault disturbs the run: it must not end as <c>failed</c> or <c>interrupted</c>.</param>
internal sealed record Intent(
    DateTimeOffset At,
    int Run,
    string Stack,
    string Resource,
    string ClusterId,
    string Zone,
    string SourceClusterId,
    SyncWay SyncWay,
    bool Promoted = false,
    bool FenceSource = true,
    string OnDelete = "stop",
    string? RelinkAfter = null,
    string Operation = "up",
    string Connection = "",
    bool AtRest = false
);

/// <summary>What the provider said: a state; <c>unknown</c>; <c>gone</c>: the cluster is deleted; <c>removed</c>: the
/// resource is; that the run ended as <c>refused</c>, <c>failed</c> (an error that it did not decide) or <c>interrupted</c>
/// (without an answer); or a message: <c>overwrite</c>, <c>failover</c>, <c>fence-left</c>.</summary>
internal sealed record Statement(DateTimeOffset At, string Stack, string Resource, string ClusterId, string State);
