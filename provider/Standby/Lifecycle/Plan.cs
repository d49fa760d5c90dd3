namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>The next step that brings a link to where it is to be. Previews and operations decide it by the same
/// rules.</summary>
internal abstract record Plan
{
    /// <summary>Nothing is left to do.</summary>
    internal sealed record Keep : Plan;

    /// <summary>An operation is under way: wait for it, then look again.</summary>
    internal sealed record Wait : Plan;

    /// <summary>start_standby.</summary>
    /// <param name="SyncWay"><c>full</c> or <c>increment</c>.</param>
    internal sealed record Start(string SyncWay) : Plan;

    /// <summary>stop_standby.</summary>
    /// <param name="Purpose">What for.</param>
    internal sealed record Stop(Purpose Purpose) : Plan;

    /// <summary>promote_standby.</summary>
    /// <param name="Purpose">What for.</param>
    internal sealed record Promote(Purpose Purpose) : Plan;
}
