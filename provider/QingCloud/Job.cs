namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A job, as <c>DescribeJobs</c> reports it.</summary>
/// <param name="Id">The job's id, <c>j-...</c>.</param>
/// <param name="Action">The API action that made it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RawStatus">The status as QingCloud words it.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ChangedAt">When its status last changed, UTC.</param>
/// <param name="ErrorCodes">QingCloud's error codes of a failed job; empty where it gives none.</param>
/// <param name="ResourceIds">The resources that it concerns.</param>
/// <param name="Request">The request that made it, where it was a custom service's and could be read.</param>
internal sealed record Job(
    string Id,
    string Action,
    JobStatus Status,
    string RawStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string ErrorCodes,
    IReadOnlyList<string> ResourceIds,
    ServiceRequest? Request
)
{
    /// <summary>The id of the user who triggered it, <c>usr-...</c>, or <c>system</c>; null where QingCloud does not
    /// say.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether it has come to its end, well or badly: then it stays as it is.</summary>
    public bool HasEnded => Status is JobStatus.Successful or JobStatus.Failed;
}

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Waiting for its turn (<c>pending</c>).</summary>
    Pending,

    /// <summary>Under way (<c>working</c>, and every word that is not known here: a job ends only when QingCloud says
    /// so).</summary>
    Working,

    /// <summary>Ended well (<c>successful</c>).</summary>
    Successful,

    /// <summary>Ended badly (<c>failed</c>, <c>done with failure</c>).</summary>
    Failed,
}

/// <summary>The request that made a job, read from its directive: QingCloud echoes there what was sent.</summary>
/// <param name="Service">The custom service.</param>
/// <param name="ClusterId">The cluster that it ran on.</param>
/// <param name="Zone">That cluster's zone.</param>
/// <param name="Link">What the directive shows of <c>start_standby</c>'s parameters; null for the other services and
/// where it could not be read.</param>
internal sealed record ServiceRequest(string Service, string ClusterId, string Zone, LinkParameters? Link)
{
    /// <summary>What <c>set_readonly</c> asked for; null for the other services and where it could not be
    /// read.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The node role; empty where the directive does not show it.</summary>
    public string Role { get; init; } = "";

    /// <summary>What the directive shows of who sent the request.</summary>
    public Sender Sender { get; init; } = Sender.Unknown;
}

/// <summary>Who sent a request, as far as the job's directive echoes it. A published transcript shows the signature,
/// the access key and the channel of calls made with a key; whether QingCloud echoes <c>req_id</c> is not
/// published.</summary>
/// <param name="RequestId">The <c>req_id</c> of the call.</param>
/// <param name="Signature">The signature of the call.</param>
/// <param name="AccessKeyId">The access key that signed it.</param>
/// <param name="Channel"><c>api</c> for calls made with a key, <c>internal</c> for QingCloud's own; another word for
/// the console.</param>
internal sealed record Sender(string? RequestId, SecretText? Signature, SecretText? AccessKeyId, string? Channel)
{
    /// <summary>The channel of calls made with a key.</summary>
    public const string Api = "api";

    /// <summary>The channel of what QingCloud does by itself.</summary>
    public const string Internal = "internal";

    /// <summary>A sender of whom the directive shows nothing.</summary>
    public static Sender Unknown { get; } = new(null, null, null, null);
}

/// <summary>The jobs on a cluster that may have changed a link, and how far back they were read.</summary>
/// <param name="Jobs">Newest first: the jobs of which <see cref="JobKinds.ConcernsLink"/> is true.</param>
/// <param name="Reach">How far back the jobs were read without gaps.</param>
internal sealed record JobHistory(IReadOnlyList<Job> Jobs, HistoryReach Reach)
{
    /// <summary>When the oldest job that the reading saw was made, whatever it was for: no job after it was missed.
    /// Null where it saw none.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The history with jobs of which the caller knows more than the list shows.</summary>
    public JobHistory With(IEnumerable<Job> known)
    {
        var better = known.ToDictionary(job => job.Id, StringComparer.Ordinal);
        var jobs = Jobs.Where(job => !better.ContainsKey(job.Id)).Concat(better.Values);
        return better.Count == 0 ? this : this with { Jobs = [.. jobs.OrderByDescending(job => job.CreatedAt)] };
    }
}

/// <summary>How far back a cluster's jobs are to be read. A reading stops at the first of these that it meets, or where
/// the list or the read's bound ends.</summary>
/// <param name="AnchorJobId">The job from which on everything is to be known.</param>
/// <param name="CreatedAt">When the cluster was made: no job on it is older. Times are exact to the second, so that only
/// an older job, or the job that made the cluster, shows that it was reached.</param>
internal sealed record HistoryDepth(string? AnchorJobId, DateTimeOffset? CreatedAt)
{
    /// <summary>The cluster.</summary>
    public string? ClusterId { get; init; }

    /// <summary>A time before which nothing is asked for.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>As far back as jobs are listed.</summary>
    public static HistoryDepth All { get; } = new(null, null);
}

/// <summary>How far back jobs were read without gaps.</summary>
internal enum HistoryReach
{
    /// <summary>Not to any of the places that were asked for: what is older than the jobs that were seen is not
    /// known.</summary>
    Incomplete,

    /// <summary>To the time that was asked for.</summary>
    Since,

    /// <summary>To the cluster's creation.</summary>
    Creation,

    /// <summary>To the job that was asked for.</summary>
    Anchor,
}
