using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Schema;

namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>
/// What links a cluster now: is the link up, since when, from where, by which job, and did the last start fail?
/// </summary>
internal static class GetStandbyReplication
{
    private static readonly string[] Answers =
    [
        "id", Names.ClusterId, Names.Zone, Names.State, "linked", Names.ClusterName, Names.ClusterStatus, Names.JobId,
        Names.StartedAt, Names.SyncWay, "failedJobId", "errorCodes", Names.Source,
    ];

    public static async Task<InvokeResult> RunAsync(
        IQingCloud cloud, PropertyMap args, CancellationToken cancellationToken)
    {
        if (Arguments.AnswerToUnknown(args, Answers) is { } unknown)
        {
            return unknown;
        }

        var (read, failures) = await Arguments.ReadAsync(
            cloud, args, Names.ClusterId, Pattern.Cluster(), "cl-ouhutv70", cancellationToken);
        if (read is null)
        {
            return new InvokeResult(PropertyMap.Empty, failures);
        }

        var id = new StandbyId(read.Zone, read.Id);
        var subject = new LinkSubject(id, Names.DefaultRole);
        var standby = await new LinkReader(cloud).LookAsync(subject, Freshness.Recent, cancellationToken)
            ?? throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                $"Cluster {id.ClusterId} does not exist in zone {id.Zone}, or these credentials cannot see it.");
        return new InvokeResult(Answer(id, standby), []);
    }

    private static PropertyMap Answer(StandbyId id, ObservedStandby standby)
    {
        var link = standby.Link;
        var answer = PropertyMap.Empty
            .With("id", PropertyValue.Of(id.ToString()))
            .With(Names.ClusterId, PropertyValue.Of(id.ClusterId))
            .With(Names.Zone, PropertyValue.Of(id.Zone))
            .With(Names.State, PropertyValue.Of(link.State.Text()))
            .With("linked", PropertyValue.Of(IsLinked(link.State)))
            .With(Names.ClusterName, PropertyValue.Of(standby.Cluster.Name))
            .With(Names.ClusterStatus, PropertyValue.Of(standby.Cluster.Status));
        answer = Add(answer, Names.JobId, link.Job?.Id);
        answer = Add(answer, Names.StartedAt, link.StartJob is { } start ? Timestamp.Of(start.CreatedAt) : null);
        answer = Add(answer, Names.SyncWay, link.StartJob?.Request?.Link?.SyncWay);
        answer = Add(answer, "failedJobId", link.FailedStart?.Id);
        answer = Add(answer, "errorCodes", link.FailedStart?.ErrorCodes);
        return link.Source is { } source ? answer.With(Names.Source, PropertyValue.Of(Of(source))) : answer;
    }

    private static bool IsLinked(LinkState state) =>
        state is LinkState.Replicating or LinkState.Stopping or LinkState.Promoting;

    private static PropertyMap Of(Source source)
    {
        var map = Add(PropertyMap.Empty, Names.ClusterId, source.ClusterId);
        map = Add(map, Names.Zone, source.Zone);
        map = Add(map, Names.Host, source.Host);
        map = Add(map, Names.User, source.User);
        return source.Port is { } port ? map.With(Names.Port, PropertyValue.Of(port)) : map;
    }

    private static PropertyMap Add(PropertyMap map, string name, string? value) =>
        value is null ? map : map.With(name, PropertyValue.Of(value));
}
