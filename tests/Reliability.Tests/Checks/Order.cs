using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.World;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A service that the provider ordered and the API processed: for which operation, and what became of it.</summary>
/// <param name="At">When the API processed it.</param>
/// <param name="Service">What was ordered.</param>
/// <param name="ClusterId">The standby.</param>
/// <param name="Operation">The engine's operation that it was sent for; null when there was none.</param>
/// <param name="JobId">The job that it made; null when it was refused.</param>
internal sealed record Order(DateTimeOffset At, string Service, string ClusterId, Operation? Operation, string? JobId)
{
    public bool IsStart => Service == "start_standby";

    public bool IsCarriedOut => JobId is not null;

    /// <summary>The orders among the calls, oldest first.</summary>
    public static IReadOnlyList<Order> Of(SimulatedWorld world, ProgramStack stack) =>
    [
        .. world.Api.Calls.Of("RunClusterCustomService")
            .Where(call => call.ProcessedAt is not null)
            .Select(call => new Order(call.ProcessedAt!.Value, call.Service, call.Cluster, SenderOf(call, stack), call.JobId)),
    ];

    public override string ToString() => $"{Service} on {ClusterId} ({JobId ?? "refused"}) at {At:HH:mm:ss.f}";

    /// <summary>A cluster is in the hands of one operation at a time: the last that had begun.</summary>
    private static Operation? SenderOf(Call call, ProgramStack stack) => stack.Operations.LastOrDefault(
        operation => operation.ClusterId == call.Cluster
            && operation.Began <= call.At && (operation.Ended is not { } ended || call.At <= ended));
}
