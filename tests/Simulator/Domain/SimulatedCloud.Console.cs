using System.Text.Json;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What somebody does at the console, behind the provider's back. Refusals are <see cref="RefusedException"/>.</summary>
public sealed partial class SimulatedCloud
{
    public JobView StartByConsole(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) =>
        Submitted(at => _services.StartStandby(_clusters.Get(standbyId), source, way, directive: null, at));

    public JobView StopByConsole(string standbyId) =>
        Submitted(at => _services.StopStandby(_clusters.Get(standbyId), directive: null, at));

    public JobView PromoteByConsole(string standbyId) =>
        Submitted(at => _services.PromoteStandby(_clusters.Get(standbyId), directive: null, at));

    /// <summary>Stops the link and, once that is done, starts another. Answers the stop job.</summary>
    public JobView ChangeSource(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) => Submitted(at =>
    {
        var standby = _clusters.Get(standbyId);
        return _services.StopStandby(standby, directive: null, at, stopped => StartIfAllowed(standby, source, way, stopped));
    });

    public JobView DeleteCluster(string id) => ChangeStatus(id, "DeleteClusters", "deleting", ClusterStatus.Deleted);

    public JobView Suspend(string id) => ChangeStatus(id, "SuspendClusters", "suspending", ClusterStatus.Suspended);

    public JobView Resume(string id) => ChangeStatus(id, "ResumeClusters", "resuming", ClusterStatus.Active);

    /// <summary>Restarts a cluster; the job of a linked one fails.</summary>
    public JobView Restart(string id) => Submitted(at =>
    {
        var cluster = _clusters.Get(id);
        StandbyRules.CheckOperable(cluster);
        return Submit(cluster, "RestartClusters", "updating", new RestartEffect(cluster), at);
    });

    /// <summary>Sets a status at once, without a job: what QingCloud itself does (ceased after the recycle time, arrears).</summary>
    public void SetStatus(string id, ClusterStatus status) =>
        Now(at => _clusters.Get(id).ChangeStatus(status, jobId: null, at));

    /// <summary>Removes every trace of a cluster, as QingCloud does some time after it has ceased.</summary>
    public void Forget(string id) => Now(_ => _clusters.Remove(_clusters.Get(id)));

    /// <summary>A lagging standby cannot be promoted. What is set lasts for links to come.</summary>
    public void SetLagging(string standbyId, bool lagging = true) =>
        Now(_ => _clusters.Get(standbyId).SetLagging(lagging));

    // The stop may have ended long before somebody looks; a refusal of what follows it is not theirs to hear.
    private void StartIfAllowed(ClusterState standby, SourceEndpoint source, SyncWay way, DateTimeOffset at)
    {
        try
        {
            _services.StartStandby(standby, source, way, directive: null, at);
        }
        catch (RefusedException)
        {
            // The console shows it to whoever sits there; the cluster stays without a link.
        }
    }

    private JobView ChangeStatus(string id, string action, string transition, ClusterStatus status) => Submitted(at =>
    {
        var cluster = _clusters.Get(id);
        StandbyRules.CheckNothingUnderWay(cluster);
        return Submit(cluster, action, transition, new StatusEffect(cluster, status), at);
    });

    private JobState Submit(ClusterState cluster, string action, string transition, IJobEffect effect, DateTimeOffset at)
    {
        var directive = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["action"] = action,
            ["clusters"] = new[] { cluster.Spec.Id },
            ["zone"] = cluster.Spec.Zone,
        });
        return _jobs.Submit(new JobDraft(action, Service: null, cluster, directive, effect) { Transition = transition }, at);
    }
}
