using System.Security.Cryptography;
using System.Text;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A service that the provider submitted and the API processed: for which operation, and what became of
/// it.</summary>
/// <param name="At">When the API processed it.</param>
/// <param name="Service">What was submitted.</param>
/// <param name="ClusterId">The standby.</param>
/// <param name="Operation">The engine's operation that it was sent for; null when there was none.</param>
/// <param name="JobId">The job that it made; null when it was refused.</param>
internal sealed record Submission(
    DateTimeOffset At,
    string Service,
    string ClusterId,
    Operation? Operation,
    string? JobId
)
{
    public bool IsStart => Service == "start_standby";
    public bool IsCarriedOut => JobId is not null;

    /// <summary>The submissions among the calls, oldest first.</summary>
    public static IReadOnlyList<Submission> Of(TestEnvironment environment) =>
        [
            .. environment
                .Api.Calls.Of("RunClusterCustomService")
                .Where(call => call.ProcessedAt is not null)
                .Select(call => new Submission(
                    call.ProcessedAt!.Value,
                    call.Service,
                    call.Cluster,
                    SenderOf(call, environment),
                    call.JobId
                )),
        ];

    public override string ToString() => $"{Service} on {ClusterId} ({JobId ?? "refused"}) at {At:HH:mm:ss.f}";

    /// <summary>What was killed never ends; what began after it is what lives, and looks before it sends anything. Of
    /// a resource and what it replaced, which are deleted side by side, one that was refused has sent
    /// nothing.</summary>
    private static Operation? SenderOf(Call call, TestEnvironment environment)
    {
        var senders = environment
            .Operations.Where(operation =>
                operation.ClusterId == call.Cluster
                && operation.Began < call.At
                && (operation.Ended is not { } ended || call.At <= ended)
                && Names(call, operation.Urn)
            )
            .ToList();
        var last = senders.LastOrDefault();
        return last is not null && IsRefused(last)
            ? senders.FindLast(other => other.Kind == last.Kind && other.Began == last.Began && !IsRefused(other))
                ?? last
            : last;
    }

    private static bool IsRefused(Operation operation) =>
        operation.Error is PluginException { Code: PluginErrorCode.FailedPrecondition };

    /// <summary>Whether the call's <c>req_id</c> has the hash of a resource.</summary>
    private static bool Names(Call call, string urn) =>
        call.Parameters["req_id"] is { Length: 32 } id
        && id[18..30] == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(urn)).AsSpan(..6));
}
