using System.Text.Json;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Makes the jobs of the standby services; the API and the console both come here.</summary>
internal sealed class StandbyServices(ClusterSet clusters, JobLedger jobs)
{
    public const string Start = "start_standby";
    public const string Stop = "stop_standby";
    public const string Promote = "promote_standby";
    private const string CustomService = "RunClusterCustomService";

    public JobState StartStandby(
        ClusterState standby, SourceEndpoint source, SyncWay way, string? directive, DateTimeOffset at)
    {
        StandbyRules.CheckStart(standby, source);
        directive ??= Directive(standby, Start, source.ToServiceParams(way));
        return Submit(standby, Start, directive, new StartEffect(standby, source, way, clusters.Find), at);
    }

    public JobState StopStandby(
        ClusterState standby, string? directive, DateTimeOffset at, Action<DateTimeOffset>? then = null)
    {
        StandbyRules.CheckLinked(standby);
        return Submit(standby, Stop, directive ?? Directive(standby, Stop, null), new StopEffect(standby), at, then);
    }

    public JobState PromoteStandby(ClusterState standby, string? directive, DateTimeOffset at)
    {
        StandbyRules.CheckLinked(standby);
        return Submit(standby, Promote, directive ?? Directive(standby, Promote, null), new PromoteEffect(standby), at);
    }

    private static string Directive(ClusterState standby, string service, string? serviceParams)
    {
        var request = new Dictionary<string, string>
        {
            ["action"] = CustomService,
            ["cluster"] = standby.Spec.Id,
            ["role"] = standby.Spec.Roles[0],
            ["service"] = service,
            ["zone"] = standby.Spec.Zone,
        };
        if (serviceParams is not null)
        {
            request["service_params"] = serviceParams;
        }

        return JsonSerializer.Serialize(request);
    }

    private JobState Submit(
        ClusterState standby,
        string service,
        string directive,
        IJobEffect effect,
        DateTimeOffset at,
        Action<DateTimeOffset>? then = null) =>
        jobs.Submit(new JobDraft(CustomService, service, standby, directive, effect) { Then = then }, at);
}
