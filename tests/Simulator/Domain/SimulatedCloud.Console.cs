namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What happens without the API: at the console, by a timer, and by the cloud itself. Refusals are <see
/// cref="RefusedException"/>.</summary>
public sealed partial class SimulatedCloud
{
    /// <summary>Links a standby to a source.</summary>
    public JobView StartByConsole(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) =>
        SubmitByConsole(standbyId, StandbyService.Start(source, way));

    /// <summary>Cuts the link of a standby.</summary>
    public JobView StopByConsole(string standbyId) => SubmitByConsole(standbyId, StandbyService.Stop);

    /// <summary>Makes a standby that has caught up a cluster of its own.</summary>
    public JobView PromoteByConsole(string standbyId) => SubmitByConsole(standbyId, StandbyService.Promote);

    /// <summary>Makes a cluster read-only for good, or writable again.</summary>
    public JobView SetReadOnlyByConsole(string id, bool readOnly) =>
        SubmitByConsole(id, StandbyService.SetReadOnly(readOnly));

    /// <summary>Stops the link and, once that is done, starts another. Answers the stop job.</summary>
    public JobView ChangeSource(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) =>
        Submitted(at =>
        {
            var standby = _clusters.Get(standbyId);
            return SubmitByConsole(
                standby,
                StandbyService.Stop,
                at,
                stopped => StartIfAllowed(standby, source, way, stopped)
            );
        });

    /// <summary>Restarts a cluster; the job of a linked one fails.</summary>
    public JobView Restart(string id) =>
        Submitted(at =>
        {
            var cluster = _clusters.Get(id);
            StandbyRules.CheckOperable(cluster);
            var request = RequestOf(Actor.Console, "RestartClusters", cluster);
            return _jobs.Submit(new JobDraft(cluster, request, JobEffects.Restart(cluster)), at);
        });

    /// <summary>Stops a cluster, which ends its link. By default a user at the console does.</summary>
    public JobView StopCluster(string id, Actor? by = null) => Change(id, LifeOperation.Stop, by ?? Actor.Console);

    /// <summary>Starts a stopped cluster. By default a user at the console does.</summary>
    public JobView StartCluster(string id, Actor? by = null) => Change(id, LifeOperation.Start, by ?? Actor.Console);

    /// <summary>Suspends a cluster. By default the cloud does, as for arrears.</summary>
    public JobView Suspend(string id, Actor? by = null) => Change(id, LifeOperation.Suspend, by ?? Actor.Platform);

    /// <summary>Resumes a suspended cluster. By default the cloud does.</summary>
    public JobView Resume(string id, Actor? by = null) => Change(id, LifeOperation.Resume, by ?? Actor.Platform);

    /// <summary>Deletes a cluster. By default the cloud does.</summary>
    public JobView DeleteCluster(string id, Actor? by = null) => Change(id, LifeOperation.Delete, by ?? Actor.Platform);

    /// <summary>Recovers a deleted cluster. By default a user at the console does.</summary>
    public JobView RecoverCluster(string id, Actor? by = null) =>
        Change(id, LifeOperation.Recover, by ?? Actor.Console);

    /// <summary>Sets a status at once, without a job: so a cluster ceases after its recycle time.</summary>
    public void SetStatus(string id, ClusterStatus status) =>
        Now(at => StatusChange.Apply(_clusters.Get(id), status, new Deed(at, Actor.Platform.Caller), _knobs));

    /// <summary>Removes every trace of a cluster, as QingCloud does some time after it has ceased.</summary>
    public void Forget(string id) =>
        Now(at =>
        {
            _clusters.Get(id).Record(WorldEventKind.ClusterForgotten, new Deed(at, Actor.Platform.Caller));
            _clusters.Remove(id);
        });

    private static JobRequest RequestOf(Actor by, string action, ClusterState cluster) =>
        new(
            by.Channel,
            [new("action", action), new("clusters.1", cluster.Spec.Id), new("zone", cluster.Spec.Zone)],
            by.Caller
        );

    private JobView Change(string id, LifeOperation operation, Actor by) =>
        Submitted(at =>
        {
            var cluster = _clusters.Get(id);
            operation.Check(cluster);
            return Submit(cluster, operation, RequestOf(by, operation.Action, cluster), at);
        });

    private JobView SubmitByConsole(string id, StandbyService service) =>
        Submitted(at => SubmitByConsole(_clusters.Get(id), service, at));

    private JobState SubmitByConsole(
        ClusterState cluster,
        StandbyService service,
        DateTimeOffset at,
        Action<DateTimeOffset>? then = null
    )
    {
        var request = new JobRequest(Channel.Console, [.. service.Parameters(cluster.Spec)], Actor.Console.Caller);
        return Submit(cluster, service, request, at, then);
    }

    // The stop may have ended long before anyone looks; a refusal of what follows it is not theirs to hear.
    private void StartIfAllowed(ClusterState standby, SourceEndpoint source, SyncWay way, DateTimeOffset at)
    {
        try
        {
            SubmitByConsole(standby, StandbyService.Start(source, way), at);
        }
        catch (RefusedException)
        {
            // The console shows it to its user; the cluster stays without a link.
        }
    }
}
