using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Link;

/// <summary>How far an operation has come. It is one value, so that every exit has a state to save.</summary>
/// <param name="Recorded">What the state file says, and what this operation has done since.</param>
internal sealed record Progress(RecordedLink? Recorded)
{
    /// <summary>The standby as it was seen last; null before the first look, and where there is no cluster.</summary>
    public ObservedStandby? Standby { get; init; }

    /// <summary>What is read with every look.</summary>
    public Extent Extent { get; init; }

    /// <summary>The service that was submitted or waited for last; null before any was.</summary>
    public string? Service { get; init; }

    /// <summary>Its job while that is under way; null where it has ended, or where its id did not come back.</summary>
    public string? JobId { get; init; }

    /// <summary>When that job was made.</summary>
    public DateTimeOffset? JobCreatedAt { get; init; }

    /// <inheritdoc cref="LinkSubject.OwnJobs"/>
    public IReadOnlyList<Job> OwnJobs { get; init; } = [];

    /// <summary>The job that failed last.</summary>
    public Job? Failed { get; init; }

    /// <summary>What went wrong although the link is there.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether this operation has started the link.</summary>
    public bool HasStarted { get; init; }

    /// <summary>The stop that this operation made and that succeeded.</summary>
    public string? StopJobId { get; init; }

    /// <summary>How often a promotion was tried.</summary>
    public int Promotions { get; init; }

    /// <summary>When the first promotion was tried.</summary>
    public DateTimeOffset? PromotingSince { get; init; }

    /// <summary>How far the standby was behind when it was last asked; null where it was not.</summary>
    public Lag? Lag { get; init; }

    /// <summary>Whether the last promotion was refused before a job was made.</summary>
    public bool WasPromotionRefused { get; init; }

    /// <summary>Whether the tab has shown the link in this operation.</summary>
    public bool HasTabShownLink { get; init; }

    /// <summary>Whether this operation has given QingCloud the time to list what an earlier one submitted.</summary>
    public bool HasWaitedForListing { get; init; }

    /// <summary>Whether QingCloud refused in this operation to start or stop the link.</summary>
    public bool WasRefused { get; init; }

    /// <summary>The start of another's link that is taken over.</summary>
    public Job? Adopted { get; init; }

    /// <summary>Whether anything was submitted or waited for.</summary>
    public bool HasActed => Service is not null;

    /// <summary>Whether the source is read-only because of this resource, as far as is known.</summary>
    public bool IsFenced => Recorded?.Fence is not null || Standby?.Link.SourceReadOnly is { IsFencedByUs: true };

    /// <summary>The link as decisions see it.</summary>
    public StandbyLink Link =>
        Standby!.Link with
        {
            WasRefused = WasRefused,
            IsStoppedHere =
                Standby.Link.End is { Kind: EndKind.Stop, Job: { } stop } && OwnJobs.Any(job => job.Id == stop.Id),
        };

    /// <summary>The progress after the source was made writable again.</summary>
    public Progress WithoutFence() => this with { Recorded = Recorded! with { Fence = null } };

    /// <summary>The progress after a submission whose job is known, or not yet.</summary>
    public Progress Submitted(Step.Submit step, string? jobId, Source source)
    {
        var recorded = Recorded ?? new RecordedLink(LinkState.Starting, null, null, source);
        return this with
        {
            Service = step.Service,
            JobId = jobId,
            JobCreatedAt = null,
            Failed = null,
            Recorded = step.Purpose switch
            {
                Purpose.Start => recorded with { State = LinkState.Starting, JobId = jobId, Awaited = jobId },
                Purpose.StopToStart => recorded with
                {
                    State = LinkState.Starting,
                    JobId = jobId,
                    Awaited = jobId,
                    PendingStop = jobId ?? recorded.PendingStop,
                },
                Purpose.Fence => recorded with { Fence = jobId ?? recorded.Fence, FenceLift = null },
                Purpose.LiftFence => recorded with { FenceLift = jobId ?? recorded.FenceLift },
                Purpose.Promote => recorded with { State = LinkState.Promoting, JobId = jobId, Awaited = jobId },
                _ => recorded,
            },
        };
    }
}
