using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>How a cluster may stand after some jobs.</summary>
/// <param name="IsLinked">Whether it follows a source.</param>
/// <param name="Start">The job that made the link, or made the one that ended; null where it is not listed.</param>
/// <param name="End">The job that ended the link; null where there is a link, was none, or where it is not
/// listed.</param>
/// <param name="WasLinked">Whether it ever followed a source.</param>
internal sealed record World(bool IsLinked, string? Start, string? End, bool WasLinked)
{
    public static World Never { get; } = new(false, null, null, false);
    public static World LinkedBefore { get; } = new(true, null, null, true);
    public static World EndedBefore { get; } = new(false, null, null, true);

    /// <summary>How the cluster may stand after one more job. One that failed may have done its work or not; one that
    /// cannot be read may have been any.</summary>
    public IEnumerable<World> After(ListedJob job) =>
        job.Letter switch
        {
            'S' => [Linked(job)],
            's' => IsLinked ? [this] : [this, Linked(job)],
            'X' or 'P' or 'C' => [Ended(job)],
            'x' or 'p' or 'c' => [this, Ended(job)],
            _ => [this, Linked(job), Ended(job)],
        };

    /// <summary>QingCloud refuses to start a link where there is one: another ended before.</summary>
    private static World Linked(ListedJob job) => new(true, job.Id, null, true);

    private World Ended(ListedJob job) => IsLinked ? this with { IsLinked = false, End = job.Id } : this;
}

/// <summary>A job in one letter: S start, X stop, P promotion, C stop of the cluster, U one that cannot be read. In lower
/// case it failed.</summary>
internal sealed record ListedJob(string Id, char Letter, bool IsOwn)
{
    public string? Service =>
        char.ToUpperInvariant(Letter) switch
        {
            'S' => "start_standby",
            'X' => "stop_standby",
            'P' => "promote_standby",
            _ => null,
        };

    public JobStatus Status => char.IsLower(Letter) ? JobStatus.Failed : JobStatus.Successful;

    public override string ToString() => IsOwn ? $"{Letter}" : $"{Letter}'";
}
