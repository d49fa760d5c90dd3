namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>Decides the next step of a deletion: in a replacement by what the program declares of the resource, at the
/// resource's end, where that is null, by whether it <paramref name="promotes"/> the standby.</summary>
internal sealed class Deletion(StandbyId id, RecordedLink? recorded, Incarnation? declared, bool promotes)
{
    private ObservedLink? _seen;

    public Plan Decide(ObservedLink link, string? cutBy)
    {
        _seen = link;
        return link.State switch
        {
            LinkState.Starting or LinkState.Promoting or LinkState.Stopping => new Plan.Wait(),
            LinkState.Replicating => Cut(link),
            LinkState.Promoted or LinkState.Stopped when !IsPermitted(link, cutBy) => throw Refusal.FailedOver(
                new Choices(declared!.Inputs!, link.Job?.Id ?? recorded?.JobId),
                link
            ),
            LinkState.None when IsOutOfSight(link) => Cut(link),
            _ => new Plan.Keep(),
        };
    }

    /// <summary>A refused stop may mean that the link is gone: where no job shows it, only the console can.</summary>
    public async Task<ObservedStandby?> ExplainAsync(Func<Task<ObservedStandby?>> run)
    {
        try
        {
            return await run();
        }
        catch (QingCloudException refused)
            when (refused.Kind == FailureKind.PermissionDenied
                && _seen is { State: LinkState.Replicating or LinkState.None, Job: null }
            )
        {
            throw Refusal.NotCut(id, refused);
        }
    }

    /// <summary>Whether a link that was stopped to be started again is given up with the resource.</summary>
    public bool IsEndOfBrokenOff(ObservedLink link) =>
        declared is null && BrokenOffRestart.Is(link, recorded, cutBy: null);

    /// <summary>Whether the job that the state file waits for is not listed, nor anything after it: it may run yet, or
    /// have made a link that nothing shows.</summary>
    private bool IsOutOfSight(ObservedLink link) =>
        recorded is { State: LinkState.Starting or LinkState.Promoting, JobId: not null }
        && link is { Job: null, Failure: null };

    /// <summary>A replacement needs the standby as a standby, whatever the resource's end is to make of it.</summary>
    private Plan Cut(ObservedLink link)
    {
        if (!link.IsOwn(recorded))
            throw Refusal.NotItsOwn(id, link);

        return declared is not null ? new Plan.Stop(Purpose.StopToStart)
            : promotes ? new Plan.Promote(Purpose.PromoteToDelete)
            : new Plan.Stop(Purpose.StopToDelete);
    }

    /// <summary>The second half of a replacement starts the link anew: over a failover only with consent, and where
    /// there is none the resource is to stay in the state.</summary>
    private bool IsPermitted(ObservedLink link, string? cutBy) =>
        declared?.Inputs is not { Promoted: false } inputs
        || inputs.Consents(link.Job?.Id ?? recorded?.JobId)
        || BrokenOffRestart.Is(link, recorded, cutBy);
}
