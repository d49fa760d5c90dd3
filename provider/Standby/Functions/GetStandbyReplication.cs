namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>What links a cluster now: is the link up, since when, from where, by which job, and did the last start
/// fail?</summary>
internal static class GetStandbyReplication
{
    private static readonly string[] Answers =
    [
        "id", Names.ClusterId, Names.Zone, Names.State, "linked", Names.ClusterName, Names.ClusterStatus, Names.JobId,
        Names.StartedAt, Names.SyncWay, "submittedBy", "failedJobId", "errorCodes", Names.Source,
    ];

    public static async Task<InvokeResult> RunAsync(
        IQingCloud cloud, PropertyMap args, CancellationToken cancellationToken)
    {
        if (Arguments.AnswerToUnknown(args, Answers) is { } unknown)
            return unknown;

        var (read, failures) = await Arguments.ReadAsync(
            cloud, args, Names.ClusterId, Pattern.Cluster(), "cl-ouhutv70", cancellationToken);
        if (read is null)
            return new InvokeResult(PropertyMap.Empty, failures);

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
            .With("id", id.ToString())
            .With(Names.ClusterId, id.ClusterId)
            .With(Names.Zone, id.Zone)
            .With(Names.State, link.State.Text())
            .With("linked", link.State is LinkState.Replicating or LinkState.Stopping or LinkState.Promoting)
            .With(Names.ClusterName, standby.Cluster.Name)
            .With(Names.ClusterStatus, standby.Cluster.Status)
            .With(Names.JobId, link.Job?.Id)
            .With("submittedBy", link.Job is null ? null : link.By.Words)
            .With(Names.StartedAt, Timestamp.Of(link.StartJob?.CreatedAt))
            .With(Names.SyncWay, link.StartJob?.Request?.Link?.SyncWay)
            .With("failedJobId", link.FailedStart?.Id)
            .With("errorCodes", link.FailedStart?.ErrorCodes);
        return link.Source is { } source ? answer.With(Names.Source, PropertyValue.Of(Of(source))) : answer;
    }

    private static PropertyMap Of(Source source) => PropertyMap.Empty
        .With(Names.ClusterId, source.ClusterId)
        .With(Names.Zone, source.Zone)
        .With(Names.Host, source.Host)
        .With(Names.User, source.User)
        .With(Names.Port, source.Port);
}
