namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>What a program declared when a command was run, in the words of the schema.</summary>
/// <param name="Run">Unique for a resource. What the run submits has the caller <c>stack/resource#run</c>.</param>
/// <param name="ClusterId">In a <c>replacement</c>: the new cluster.</param>
/// <param name="OnDelete">In a <c>destroy</c>: what the state says.</param>
/// <param name="Operation"><c>up</c>, <c>replacement</c>, <c>recreation</c> (a
/// replacement that deletes first, as the program asks for), <c>destroy</c>, <c>import</c>, <c>refresh</c>, <c>preview</c>;
/// <c>forget</c>: the resource leaves the state without the provider.</param>
/// <param name="Connection">Stands for host, port, user and password, without showing them.</param>
/// <param name="Provider">The provider instance, each of which is a process.</param>
/// <param name="TwoProcesses">The state names another provider instance than the program.</param>
/// <param name="Urn">What Pulumi calls the resource in this run; another one after a renaming.</param>
/// <param name="HasPassword">Whether it declares a password with which a link can be started.</param>
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
    bool AtRest = false,
    string Provider = "",
    bool TwoProcesses = false,
    bool HasPassword = true,
    string Urn = ""
);

/// <summary>What the provider said: a state; <c>done</c>: an operation succeeded; <c>unknown</c>; <c>gone</c>: the cluster is deleted; <c>removed</c>: the
/// resource is; <c>replaced</c>: the old half of a replacement is; that the run ended as <c>refused</c>, <c>failed</c> (an error that it did not decide), <c>cancelled</c> (by
/// the user), <c>skipped</c> (another resource failed first) or <c>interrupted</c> (without an answer); <c>lost</c>: whether a change was
/// accepted; or a message: <c>overwrite</c>, <c>failover</c>, <c>fence-left</c>, <c>doubt</c> (something could not be
/// seen).</summary>
internal sealed record Statement(DateTimeOffset At, string Stack, string Resource, string ClusterId, string State);
