namespace QingCloudMySqlStandby.Link;

/// <summary>What a consent covers of what happened to a link.</summary>
internal static class ConsentCoverage
{
    /// <summary>Between the look that a user took and the run, events may go unseen for this long where the jobs do not
    /// reach back to the instant.</summary>
    private static readonly TimeSpan UnseenWindow = TimeSpan.FromHours(1);

    /// <summary>Whether it covers the end of the link: by naming its job, or by an instant after it.</summary>
    public static bool Covers(this Consent consent, StandbyLink link, RecordedLink? recorded, DateTimeOffset now)
    {
        if (consent.IsNotKnownYet)
            return true;

        return link.End?.Job is { } job
            ? consent.NamesEnd(link, job) || (consent.Instant >= job.ChangedAt && consent.Instant <= now)
            : consent.CoversUnseen(link, recorded, now);
    }

    /// <summary>Whether it names the only job that may have ended the link. Where there are several, only an instant
    /// covers them all.</summary>
    public static bool NamesEnd(this Consent consent, StandbyLink link, Job? job) =>
        consent.Names(job) && !link.HasSeveralPossibleEnds;

    /// <summary>Whether it covers what no visible job explains: an instant does that is later than everything which is
    /// known, and from which on all jobs are seen, or which is recent.</summary>
    public static bool CoversUnseen(this Consent consent, StandbyLink link, RecordedLink? recorded, DateTimeOffset now)
    {
        if (consent.IsNotKnownYet)
            return true;
        if (consent.Instant is not { } instant || instant > now)
            return false;

        // What the jobs do not show may have happened at any time, so that seeing all jobs since says nothing.
        var isHidden =
            link.End is { Kind: EndKind.Unexplained }
            || link.Unseen is Unseen.StatusChange or Unseen.Anchor or Unseen.AwaitedJob;
        var isSeenSince = !isHidden && link.SeenBackTo <= instant;
        var isRecent = now - instant <= UnseenWindow;
        return !(instant < LastKnown(link, recorded)) && (isSeenSince || isRecent);
    }

    /// <summary>The time of the last job that bears on the link; null where none is known.</summary>
    private static DateTimeOffset? LastKnown(StandbyLink link, RecordedLink? recorded)
    {
        var start = link.Start?.CreatedAt ?? recorded?.StartedAt;
        var doubted = link.Unseen switch
        {
            Unseen.Directive => link.Job?.ChangedAt,
            Unseen.FailedEnd => link.FailedEnd?.ChangedAt,
            _ => null,
        };
        return doubted > start || start is null ? doubted ?? start : start;
    }
}
