namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>The next step that brings a link to where it is to be. Previews and operations decide it alike.</summary>
internal abstract record Plan
{
    /// <summary>Nothing is left to do.</summary>
    internal sealed record Keep : Plan;

    /// <summary>An operation is under way: wait for it, then look again.</summary>
    internal sealed record Wait : Plan;

    /// <summary>A service is to be submitted.</summary>
    internal abstract record Submit(string Service, Purpose Purpose) : Plan;

    /// <summary>start_standby, <c>full</c> or <c>increment</c>.</summary>
    internal sealed record Start(string SyncWay) : Submit(ServiceNames.StartStandby, Purpose.Start);

    /// <summary>stop_standby.</summary>
    internal sealed record Stop(Purpose Purpose) : Submit(ServiceNames.StopStandby, Purpose);

    /// <summary>promote_standby.</summary>
    internal sealed record Promote(Purpose Purpose) : Submit(ServiceNames.PromoteStandby, Purpose);
}
