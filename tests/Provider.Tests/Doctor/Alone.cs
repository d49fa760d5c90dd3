namespace QingCloudMySqlStandby.Doctor;

/// <summary>Tests that call a server over real sockets. Simulated runs block threads, and a server that gets none answers
/// too late: these tests run when no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
