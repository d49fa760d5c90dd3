namespace QingCloudMySqlStandby.Plugin.Performance;

/// <summary>Tests that read the process's heap: another test beside them would be measured too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
