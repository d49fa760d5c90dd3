namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>What <c>relinkAfter</c> permits to overwrite: what was written since one event, which it names by its job, or
/// since any event before an instant.</summary>
/// <param name="JobId">The job; null where an instant, or nothing, was given.</param>
/// <param name="Instant">The instant; null where a job, or nothing, was given.</param>
internal sealed record Consent(string? JobId, DateTimeOffset? Instant)
{
    /// <summary>No consent.</summary>
    public static Consent None { get; } = new(null, null);

    /// <summary>In a preview <c>relinkAfter</c> may not be known yet: it may turn out to permit anything.</summary>
    public static Consent NotKnownYet { get; } = new(null, null) { IsNotKnownYet = true };

    /// <summary>Whether anything was given.</summary>
    public bool IsGiven => JobId is not null || Instant is not null || IsNotKnownYet;

    /// <summary>Whether the value is not known yet, as in a preview.</summary>
    public bool IsNotKnownYet { get; private init; }

    /// <summary>Reads <c>relinkAfter</c>: a job's id, or an instant.</summary>
    public static Consent Read(string? relinkAfter) =>
        relinkAfter is null ? None
        : Pattern.Job().IsMatch(relinkAfter) ? new Consent(relinkAfter, null)
        : new Consent(null, Timestamp.ReadInstant(relinkAfter));

    /// <summary>Whether the instant has not come yet: it would permit to overwrite after events that have not
    /// happened.</summary>
    public bool IsInFuture(DateTimeOffset now) => Instant > now;

    /// <summary>Whether it names that job.</summary>
    public bool Names(Job? job) => IsNotKnownYet || (job is not null && JobId == job.Id);
}
