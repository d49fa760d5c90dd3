using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>A cluster's nodes, their meters, and its parameters.</summary>
internal static class HealthChecks
{
    private const string Unknown = "getStandbyHealth reports no lagSeconds.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        IQingCloud cloud,
        StandbyId id,
        CancellationToken cancellationToken
    )
    {
        var health = await new HealthReader(cloud).ReadAsync(id, Names.DefaultRole, named: null, cancellationToken);
        return
        [
            Nodes(health),
            await LagAsync(cloud, id, health, cancellationToken),
            .. Parameters(await ParameterCheck.ReadAsync(cloud, id, cancellationToken)),
        ];
    }

    private static Finding Nodes(StandbyHealth health) =>
        health.Nodes.Count == 0
            ? Finding.NotSeen("node-health", health.Lag.Words, "Whether its nodes are healthy is unknown.")
        : health.IsHealthy ? Finding.Ok("node-health", health.NodesInWords)
        : Finding.Differs(
            "node-health",
            health.NodesInWords,
            "A standby of which a node is not healthy may not replicate."
        );

    /// <summary>The meter's name and how fresh it is; or the values, for a person to compare with the console.</summary>
    private static async Task<Finding> LagAsync(
        IQingCloud cloud,
        StandbyId id,
        StandbyHealth health,
        CancellationToken cancellationToken
    )
    {
        const string check = "lag-meter";
        if (health.Lag is Lag.Known known)
            return Finding.Ok(check, known.Words);

        var node = health.Nodes.FirstOrDefault(each => each.Role is Names.DefaultRole or "");
        var readings = node is null ? null : await ReadAsync(cloud, id.Zone, node, cancellationToken);
        return readings?.Points.LastOrDefault(point => point.Values.Count > 0) is { } newest
            ? Finding.NotSeen(
                check,
                $"{health.Lag.Words}; the values of a node at {Timestamp.Of(newest.At)}: {Numbered(newest)}",
                $"{Unknown} Find the meter's value by comparing with the console, and set lagMeter to "
                    + FormattableString.Invariant($"NAME@PLACE/{newest.Values.Count}.")
            )
            : Finding.NotSeen(check, health.Lag.Words, Unknown);
    }

    private static string Numbered(MeterPoint point) =>
        Sanitizer.Clean(
            string.Join(
                ", ",
                point.Values.Select((value, place) => FormattableString.Invariant($"{place + 1}={value}"))
            ),
            300
        );

    private static async Task<MeterReadings?> ReadAsync(
        IQingCloud cloud,
        string zone,
        ClusterNode node,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await cloud.ReadMetersAsync(zone, node.Id, cancellationToken);
        }
        catch (QingCloudException error) when (HealthReader.IsRefusal(error))
        {
            // Why it was refused is in the words about the lag.
            return null;
        }
    }

    private static IEnumerable<Finding> Parameters(ClusterParameters parameters)
    {
        const string meaning = "QingCloud requires other values on both sides of a link: change them at the console.";
        yield return parameters.Wrong is { Count: > 0 } wrong
            ? Finding.Differs("parameters", string.Join(", ", wrong), meaning)
        : parameters.NotShown is { Count: > 0 } hidden
            ? Finding.NotSeen(
                "parameters",
                $"not shown: {string.Join(", ", hidden)}",
                "Compare them at the console with what QingCloud requires on both sides of a link."
            )
        : Finding.Ok("parameters", $"as QingCloud requires them on both sides of a link");
        yield return parameters.BinaryLogsKept is { } kept
            ? Finding.Ok("binary-logs", $"kept for {Wording.Own(Duration.Of(kept))}")
            : Finding.NotSeen(
                "binary-logs",
                $"{Wording.Own(ClusterParameters.ExpireLogsDays)} is not shown",
                "Whether increment can bridge a gap is not checked."
            );
    }
}
