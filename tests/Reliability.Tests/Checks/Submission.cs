using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A service that the provider submitted and the API processed: for which operation, and what became of
/// it.</summary>
/// <param name="At">When the API processed it.</param>
/// <param name="Service">What was submitted.</param>
/// <param name="ClusterId">The standby.</param>
/// <param name="Operations">
/// The engine's operations on that standby at that time, the last begun first; more than one only where two resources
/// of one standby are created or deleted at the same moment.
/// </param>
/// <param name="JobId">The job that it made; null when it was refused.</param>
internal sealed record Submission(
    DateTimeOffset At, string Service, string ClusterId, IReadOnlyList<Operation> Operations, string? JobId)
{
    /// <summary>The operation that it was sent for; null when there was none.</summary>
    public Operation? Operation => Operations.Count > 0 ? Operations[0] : null;

    /// <summary>Whether it may have been sent for that resource.</summary>
    public bool IsFor(string urn) => Operations.Any(operation => operation.Urn == urn);

    public bool IsStart => Service == "start_standby";
    public bool IsCarriedOut => JobId is not null;

    /// <summary>The submissions among the calls, oldest first.</summary>
    public static IReadOnlyList<Submission> Of(TestEnvironment environment) =>
    [
        .. environment.Api.Calls.Of("RunClusterCustomService")
            .Where(call => call.ProcessedAt is not null)
            .Select(call => new Submission(
            call.ProcessedAt!.Value, call.Service, call.Cluster, SendersOf(call, environment), call.JobId)),
    ];

    public override string ToString() => $"{Service} on {ClusterId} ({JobId ?? "refused"}) at {At:HH:mm:ss.f}";

    private static List<Operation> SendersOf(Call call, TestEnvironment environment)
    {
        var senders = environment.Operations
            .Where(operation => operation.ClusterId == call.Cluster
                && operation.Began <= call.At && (operation.Ended is not { } ended || call.At <= ended))
            .Reverse()
            .ToList();

        // What was killed never ends; what began after it is what lives.
        return [.. senders.TakeWhile((operation, index) => index == 0 || operation.Began == senders[0].Began)];
    }
}
