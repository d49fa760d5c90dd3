namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A node of a cluster, as <c>DescribeClusterNodes</c> reports it.</summary>
/// <param name="Id">The node's id, <c>cln-...</c>.</param>
/// <param name="Role">The role of its kind, <c>maininstance</c>; may be empty.</param>
/// <param name="Status">Its status, such as <c>active</c>; empty where QingCloud does not say.</param>
/// <param name="Health">Its health, <c>healthy</c> or <c>unhealthy</c>; empty where QingCloud does not say.</param>
/// <param name="Meters">The meters that its monitor has.</param>
internal sealed record ClusterNode(string Id, string Role, string Status, string Health, IReadOnlyList<Meter> Meters);

/// <summary>What a node's monitor measures.</summary>
/// <param name="Name">The meter's name.</param>
/// <param name="Unit">The unit of its values as they are displayed; empty where there is none.</param>
/// <param name="IsNumber">Whether its values are numbers, and not words.</param>
/// <param name="Scale">By what a value is multiplied to be displayed.</param>
internal sealed record Meter(string Name, string Unit, bool IsNumber, double Scale);

/// <summary>What the monitor of a node has measured.</summary>
/// <param name="Meters">The meters that the answer describes, in no order that means anything.</param>
/// <param name="Points">What was measured, oldest first.</param>
/// <param name="AskedAt">When it was asked, by QingCloud's clock.</param>
internal sealed record MeterReadings(
    IReadOnlyList<Meter> Meters,
    IReadOnlyList<MeterPoint> Points,
    DateTimeOffset AskedAt
);

/// <summary>What was measured at one time.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Values">The values in the order of the answer; empty where nothing was measured. Which value is which
/// meter's is not published, and there may be more values than meters.</param>
internal sealed record MeterPoint(DateTimeOffset At, IReadOnlyList<string> Values);
