namespace QingCloudMySqlStandby.Link.Functions;

/// <summary>What links a cluster now: is the link up, since when, from where, by which job, and did the last start
/// fail?</summary>
internal static class GetStandbyReplication
{
    private const string LastRehearsedAt = "lastRehearsedAt";

    private static readonly Function Function = new(
        Names.ClusterId,
        Pattern.Cluster(),
        "cl-ouhutv70",
        [
            "id",
            Names.ClusterId,
            Names.Zone,
            Names.State,
            "linked",
            Names.ClusterName,
            Names.ClusterStatus,
            Names.JobId,
            Names.StartedAt,
            Names.SyncWay,
            "submittedBy",
            "failedJobId",
            "errorCodes",
            Names.Source,
            LastRehearsedAt,
        ]
    );

    public static Task<InvokeResult> RunAsync(
        IQingCloud cloud,
        TimeProvider time,
        PropertyMap args,
        CancellationToken cancellationToken
    ) =>
        Function.AnswerAsync(
            cloud,
            args,
            async (zone, clusterId) =>
            {
                var subject = new LinkSubject(new StandbyId(zone, clusterId), Names.DefaultRole);
                var standby =
                    await new LinkReader(cloud, time).LookAsync(
                        subject,
                        Extent.Tab,
                        Freshness.Recent,
                        cancellationToken
                    )
                    ?? throw new PluginException(
                        PluginErrorCode.FailedPrecondition,
                        $"Cluster {clusterId} does not exist in zone {zone}, or these credentials cannot see it."
                    );
                return Answer(subject.Id, standby).With(LastRehearsedAt, Timestamp.Of(standby.LastPromotedAt));
            },
            cancellationToken
        );

    private static PropertyMap Answer(StandbyId id, ObservedStandby standby)
    {
        var link = standby.Link;
        var answer = PropertyMap
            .Empty.With("id", id.ToString())
            .With(Names.ClusterId, id.ClusterId)
            .With(Names.Zone, id.Zone)
            .With(Names.State, link.State.Text())
            .With("linked", link.State is LinkState.Replicating or LinkState.Stopping or LinkState.Promoting)
            .With(Names.ClusterName, standby.Cluster.Name)
            .With(Names.ClusterStatus, standby.Cluster.Status)
            .With(Names.JobId, link.Job?.Id)
            .With("submittedBy", link.Job is null ? null : link.By.Words)
            .With(Names.StartedAt, Timestamp.Of(link.Start?.CreatedAt))
            .With(Names.SyncWay, link.Start?.Request?.Link?.SyncWay)
            .With("failedJobId", link.FailedStart?.Id)
            .With("errorCodes", link.FailedStart?.ErrorCodes);
        return link.Source is { } source ? answer.With(Names.Source, PropertyValue.Of(source.Properties)) : answer;
    }
}
