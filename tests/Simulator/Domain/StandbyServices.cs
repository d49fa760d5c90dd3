namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Makes the jobs of the standby services; the API and the console both come here.</summary>
internal sealed class StandbyServices(ClusterSet clusters, JobLedger jobs)
{
    public JobState SubmitByConsole(
        ClusterState cluster,
        StandbyService service,
        DateTimeOffset at,
        Action<DateTimeOffset>? then = null
    ) => Submit(cluster, service, new JobRequest(Channel.Console, [.. service.Parameters(cluster.Spec)]), at, then);

    public JobState Submit(
        ClusterState cluster,
        StandbyService service,
        JobRequest request,
        DateTimeOffset at,
        Action<DateTimeOffset>? then = null
    )
    {
        StandbyRules.Check(cluster, service);
        var effect =
            service.Source is { } source ? JobEffect.Start(cluster, source, service.Way, clusters.Find)
            : service == StandbyService.Promote ? JobEffect.Promote(cluster)
            : JobEffect.Stop(cluster);
        return jobs.Submit(new JobDraft(cluster, request, effect) { Then = then }, at);
    }
}
