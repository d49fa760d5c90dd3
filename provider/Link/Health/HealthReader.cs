namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Reads how a standby is, at the cost of a call and one for each of its nodes: not for a refresh.</summary>
internal sealed class HealthReader(IQingCloud cloud)
{
    /// <summary>Reads a cluster's nodes and how far it is behind. What the credentials do not allow to be read is
    /// unknown.</summary>
    /// <param name="id">The cluster.</param>
    /// <param name="role">The role of the nodes that replicate.</param>
    /// <param name="named">The meter that shows how far it is behind; null: it is found by its description.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<StandbyHealth> ReadAsync(
        StandbyId id,
        string role,
        LagMeter? named,
        CancellationToken cancellationToken
    )
    {
        var (nodes, refusal) = await TryAsync(
            "DescribeClusterNodes",
            cloud.ListNodesAsync(id.Zone, id.ClusterId, cancellationToken)
        );
        return nodes is null
            ? new StandbyHealth([], new Lag.Unknown(refusal!))
            : new StandbyHealth(nodes, await LagAsync(id.Zone, nodes, role, named, cancellationToken));
    }

    /// <summary>How a cluster's nodes are, without their meters: one call.</summary>
    public async Task<StandbyHealth> ReadNodesAsync(StandbyId id, CancellationToken cancellationToken)
    {
        var (nodes, refusal) = await TryAsync(
            "DescribeClusterNodes",
            cloud.ListNodesAsync(id.Zone, id.ClusterId, cancellationToken)
        );
        return new StandbyHealth(nodes ?? [], new Lag.Unknown(refusal ?? "its meters were not read"));
    }

    /// <summary>The largest lag of the nodes that replicate. Which of them follows the source is not published: it is
    /// unknown where that of any of them is.</summary>
    private async Task<Lag> LagAsync(
        string zone,
        IReadOnlyList<ClusterNode> nodes,
        string role,
        LagMeter? named,
        CancellationToken cancellationToken
    )
    {
        var replicating = nodes.Where(node => node.Role == role || node.Role.Length == 0).ToList();
        if (replicating.Count == 0)
            return new Lag.Unknown($"it has no node of the role {role}");

        var lags = await Task.WhenAll(replicating.Select(node => LagAsync(zone, node, named, cancellationToken)));
        return lags.FirstOrDefault(lag => lag is Lag.Unknown) ?? lags.MaxBy(lag => ((Lag.Known)lag).Seconds)!;
    }

    private async Task<Lag> LagAsync(
        string zone,
        ClusterNode node,
        LagMeter? named,
        CancellationToken cancellationToken
    )
    {
        var (readings, refusal) = await TryAsync(
            "GetClusterMonitor",
            cloud.ReadMetersAsync(zone, node.Id, cancellationToken)
        );
        if (readings is null)
            return new Lag.Unknown(refusal!);

        var meters = readings.Meters.Count > 0 ? readings.Meters : node.Meters;
        var (meter, why) = MeterChoice.Of(meters, named);
        return meter is null ? new Lag.Unknown(why!) : MeterValue.Read(meter, named, meters, readings);
    }

    /// <summary>Whether a call failed because the credentials, or this QingCloud, do not allow it.</summary>
    public static bool IsRefusal(QingCloudException error) =>
        error.Kind is FailureKind.PermissionDenied or FailureKind.InvalidRequest or FailureKind.NotFound;

    /// <summary>What was read, or why it could not be: the credentials, or this QingCloud, do not allow it.</summary>
    private static async Task<(T? Read, string? Refusal)> TryAsync<T>(string action, Task<T> read)
        where T : class
    {
        try
        {
            return (await read, null);
        }
        catch (QingCloudException error) when (IsRefusal(error))
        {
            return (null, FormattableString.Invariant($"{action} was refused (ret_code {error.ReturnCode})"));
        }
    }
}
