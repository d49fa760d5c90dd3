namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What happens behind the provider's back: at the console, and by the cloud itself. Refusals are <see
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

    /// <summary>Stops the link and, once that is done, starts another. Answers the stop job.</summary>
    public JobView ChangeSource(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) =>
        Submitted(at =>
        {
            var standby = _clusters.Get(standbyId);
            return _services.SubmitByConsole(
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
            return _jobs.Submit(Draft(Channel.Console, "RestartClusters", cluster, JobEffect.Restart(cluster)), at);
        });

    /// <summary>A job of the cloud itself deletes a cluster.</summary>
    public JobView DeleteCluster(string id) => ChangeStatus(id, "DeleteClusters", "deleting", ClusterStatus.Deleted);

    /// <summary>A job of the cloud itself suspends a cluster, as for arrears.</summary>
    public JobView Suspend(string id) => ChangeStatus(id, "SuspendClusters", "suspending", ClusterStatus.Suspended);

    /// <summary>A job of the cloud itself resumes a suspended cluster.</summary>
    public JobView Resume(string id) => ChangeStatus(id, "ResumeClusters", "resuming", ClusterStatus.Active);

    /// <summary>Sets a status at once, without a job: so a cluster ceases after its recycle time.</summary>
    public void SetStatus(string id, ClusterStatus status) =>
        Now(at => _clusters.Get(id).ChangeStatus(status, jobId: null, at));

    /// <summary>Removes every trace of a cluster, as QingCloud does some time after it has ceased.</summary>
    public void Forget(string id) => Now(_ => _clusters.Remove(id));

    /// <summary>A lagging standby cannot be promoted. What is set lasts for links to come.</summary>
    public void SetLagging(string standbyId, bool lagging = true) =>
        Now(_ => _clusters.Get(standbyId).SetLagging(lagging));

    private static JobDraft Draft(Channel channel, string action, ClusterState cluster, JobEffect effect) =>
        new(
            cluster,
            new JobRequest(
                channel,
                [new("action", action), new("clusters.1", cluster.Spec.Id), new("zone", cluster.Spec.Zone)]
            ),
            effect
        );

    private JobView SubmitByConsole(string standbyId, StandbyService service) =>
        Submitted(at => _services.SubmitByConsole(_clusters.Get(standbyId), service, at));

    // The stop may have ended long before somebody looks; a refusal of what follows it is not theirs to hear.
    private void StartIfAllowed(ClusterState standby, SourceEndpoint source, SyncWay way, DateTimeOffset at)
    {
        try
        {
            _services.SubmitByConsole(standby, StandbyService.Start(source, way), at);
        }
        catch (RefusedException)
        {
            // The console shows it to whoever sits there; the cluster stays without a link.
        }
    }

    private JobView ChangeStatus(string id, string action, string transition, ClusterStatus status) =>
        Submitted(at =>
        {
            var cluster = _clusters.Get(id);
            StandbyRules.CheckNothingUnderWay(cluster);
            var draft = Draft(Channel.Internal, action, cluster, JobEffect.ChangeStatus(cluster, status));
            return _jobs.Submit(draft with { Transition = transition }, at);
        });
}
