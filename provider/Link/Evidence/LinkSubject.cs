namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Whose link is looked at, and what is known of it beforehand.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Role">The node role.</param>
/// <param name="Recorded">What the state file says; null where there is none.</param>
/// <param name="Self">The resource that asks; null where a function does.</param>
internal sealed record LinkSubject(
    StandbyId Id,
    string Role,
    RecordedLink? Recorded = null,
    ResourceIdentity? Self = null
)
{
    /// <summary>The stop that this process made in deleting the resource, as the first half of a replacement.</summary>
    public string? CutBy { get; init; }

    /// <summary>The anchor in the state file, where this call does not bring the state but another of this run
    /// did.</summary>
    public string? KnownAnchor { get; init; }

    /// <summary>Jobs that this operation submitted and saw end, with what it sent. They count although QingCloud may not
    /// list them yet, or may show less of them.</summary>
    public IReadOnlyList<Job> OwnJobs { get; init; } = [];

    /// <summary>The job from which on everything is to be known.</summary>
    public string? Anchor => Recorded?.Anchor ?? KnownAnchor;
}

/// <summary>What a look reads beside the cluster and its jobs.</summary>
[Flags]
internal enum Extent
{
    /// <summary>The tab alone, and only where the jobs leave something open.</summary>
    Usual = 0,

    /// <summary>The disaster-recovery tab, whatever the jobs show.</summary>
    Tab = 1,

    /// <summary>Whether the source is read-only.</summary>
    Source = 2,
}

/// <summary>A standby cluster and its link at one moment.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Link">Its link.</param>
/// <param name="SeenJobs">The jobs that were seen in finding that out.</param>
internal sealed record ObservedStandby(Cluster Cluster, StandbyLink Link, IReadOnlyList<string> SeenJobs)
{
    /// <summary>How long the last full copy took that ended well; null where the jobs show none.</summary>
    public TimeSpan? LastFullCopy { get; init; }

    /// <summary>When the cluster was last promoted successfully; null where the jobs show no promotion.</summary>
    public DateTimeOffset? LastPromotedAt { get; init; }

    /// <summary>The standby once a start of this very operation has ended well: that needs no second look. What was
    /// submitted counts: the job's directive may show less.</summary>
    public ObservedStandby AfterStart(Job ended, ServiceRequest request)
    {
        var job = ended with { Request = request };
        var by = new Attribution(Submitter.ThisResource, Purpose.Start);
        var link = new StandbyLink(LinkState.Replicating)
        {
            Source = Source.Of(request.Link!),
            Job = job,
            By = by,
            Start = job,
            StartedBy = by,
            Owner = Owner.Own,
            Tab = TabView.Link,
            IsComplete = Link.IsComplete,
            SeenBackTo = Link.SeenBackTo,
            SourceReadOnly = Link.SourceReadOnly ?? SourceReadOnly.NotVisible,
            StandbyReadOnly = Link.StandbyReadOnly,
        };
        return this with { Link = link, SeenJobs = [.. SeenJobs, job.Id] };
    }
}
