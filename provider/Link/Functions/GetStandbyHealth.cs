using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Link.Functions;

/// <summary>Whether data arrives on a standby, and how late: what links it, how its nodes are, and what their meters
/// show.</summary>
internal static class GetStandbyHealth
{
    private const string Nodes = "nodes";
    private const string LagSeconds = "lagSeconds";
    private const string LagMeasuredAt = "lagMeasuredAt";

    private static readonly Function Function = new(
        Names.ClusterId,
        Pattern.Cluster(),
        "cl-ouhutv70",
        ["isLinked", Names.State, Nodes, LagSeconds, LagMeasuredAt, Names.LagMeter, "summary"]
    )
    {
        Options = [Names.LagMeter],
    };

    public static async Task<InvokeResult> RunAsync(
        IQingCloud cloud,
        TimeProvider time,
        PropertyMap args,
        CancellationToken cancellationToken
    )
    {
        var given = args[Names.LagMeter].Bare;
        var named = (given as PropertyValue.TextValue)?.Value;
        var meter = string.IsNullOrEmpty(named) ? null : LagMeter.Parse(named);
        var isLeftOut = given is PropertyValue.NullValue or PropertyValue.UnknownValue || named is "";
        return meter is null && !isLeftOut
            ? new InvokeResult(PropertyMap.Empty, [new CheckFailure(Names.LagMeter, LagMeter.Meaning)])
            : await Function.AnswerAsync(
                cloud,
                args,
                (zone, clusterId) => AnswerAsync(cloud, time, new StandbyId(zone, clusterId), meter, cancellationToken),
                cancellationToken
            );
    }

    private static async Task<PropertyMap> AnswerAsync(
        IQingCloud cloud,
        TimeProvider time,
        StandbyId id,
        LagMeter? meter,
        CancellationToken cancellationToken
    )
    {
        var subject = new LinkSubject(id, Names.DefaultRole);
        var standby =
            await new LinkReader(cloud, time).LookAsync(subject, Extent.Tab, Freshness.Recent, cancellationToken)
            ?? throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                $"Cluster {id.ClusterId} does not exist in zone {id.Zone}, or these credentials cannot see it."
            );
        var link = standby.Link;
        var isLinked = IsLinked(link);
        var reader = new HealthReader(cloud);

        // The meters of a cluster that follows no source show how far its own nodes are behind each other.
        var health = isLinked
            ? await reader.ReadAsync(id, subject.Role, meter, cancellationToken)
            : await reader.ReadNodesAsync(id, cancellationToken);
        var lag = isLinked ? health.Lag as Lag.Known : null;
        return PropertyMap
            .Empty.With("isLinked", isLinked)
            .With(Names.State, link.State.Text())
            .With(Nodes, new PropertyValue.ListValue([.. health.Nodes.Select(Node)]))
            .With(LagSeconds, lag?.Seconds)
            .With(LagMeasuredAt, Timestamp.Of(lag?.At))
            .With(Names.LagMeter, lag?.Meter)
            .With("summary", Summary(id, link, health));
    }

    private static string Summary(StandbyId id, StandbyLink link, StandbyHealth health)
    {
        var now = Messages.Summary(link);
        return link.State switch
        {
            LinkState.Unknown => $"It is not known whether {id.ClusterId} replicates, and {health.NodesInWords}.",
            _ when IsLinked(link) =>
                $"{id.ClusterId} is linked ({now}), {health.NodesInWords}, and {health.Lag.Words}.",
            _ => $"{id.ClusterId} does not replicate: it is {now}, and {health.NodesInWords}.",
        };
    }

    private static bool IsLinked(StandbyLink link) =>
        link.State is LinkState.Replicating or LinkState.Stopping or LinkState.Promoting;

    private static PropertyValue Node(ClusterNode node) =>
        PropertyValue.Of(
            PropertyMap
                .Empty.With("id", node.Id)
                .With(Names.Role, node.Role)
                .With("status", node.Status.Length > 0 ? node.Status : "unknown")
                .With("health", node.Health.Length > 0 ? node.Health : "unknown")
        );
}
