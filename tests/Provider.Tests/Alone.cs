namespace QingCloudMySqlStandby;

/// <summary>Tests that run when no other does: those that read the process's heap, and those that call a server over real
/// sockets, which answers too late while simulated runs block threads.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
