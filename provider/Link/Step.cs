namespace QingCloudMySqlStandby.Link;

/// <summary>The next step that brings a link to where it is to be. Previews and operations decide it alike.</summary>
internal abstract record Step
{
    /// <summary>Nothing is left to do.</summary>
    internal sealed record Done : Step
    {
        /// <summary>The start of another's link that the program consents to take over by naming it.</summary>
        public Job? Adopted { get; init; }
    }

    /// <summary>An operation of this resource is under way: wait for it, then look again.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="IsOnSource">Whether it runs on the source.</param>
    internal sealed record Wait(Job Job, bool IsOnSource = false) : Step;

    /// <summary>More has to be read before anything is decided.</summary>
    internal sealed record Look(Extent Extent) : Step;

    /// <summary>The goal must not be pursued.</summary>
    internal sealed record Refuse(RefusalKind Kind) : Step;

    /// <summary>A service is to be submitted.</summary>
    internal abstract record Submit(string Service, Purpose Purpose) : Step;

    /// <summary>start_standby.</summary>
    /// <param name="SyncWay"><c>full</c> or <c>increment</c>.</param>
    internal sealed record Start(string SyncWay) : Submit(ServiceNames.StartStandby, Purpose.Start);

    /// <summary>stop_standby.</summary>
    internal sealed record Stop(Purpose Purpose) : Submit(ServiceNames.StopStandby, Purpose);

    /// <summary>promote_standby.</summary>
    internal sealed record Promote(Purpose Purpose) : Submit(ServiceNames.PromoteStandby, Purpose);

    /// <summary>set_readonly ON on the source, so that a switchover loses no write.</summary>
    internal sealed record Fence() : Submit(ServiceNames.SetReadOnly, Purpose.Fence);

    /// <summary>set_readonly OFF on the source, which this resource made read-only.</summary>
    internal sealed record LiftFence() : Submit(ServiceNames.SetReadOnly, Purpose.LiftFence);

    /// <summary>set_readonly OFF on the promoted cluster, which an earlier switchover left read-only.</summary>
    internal sealed record MakeWritable() : Submit(ServiceNames.SetReadOnly, Purpose.MakeWritable);
}
