using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Engine;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A restart that was broken off after its stop is finished by the next run, without asking.</summary>
internal static partial class Restarts
{
    public static void Check(
        TestEnvironment environment,
        Echo echo,
        ProgramStack stack,
        IReadOnlyList<Submission> submissions,
        RunResult run
    )
    {
        var operations = environment.Operations;
        foreach (var (name, message) in run.Failures)
        {
            if (AsksFor().Match(message) is not { Success: true } asked)
                continue;

            var stop = submissions.FirstOrDefault(submission => submission.JobId == asked.Groups["job"].Value);
            if (
                stop is { Service: "stop_standby", Operation: { Kind: OperationKind.Update } update }
                && update.Urn == stack.UrnOf(name)
                && CanBeKnown(update, stop.JobId, echo)
                && !operations.Any(later => later.Began > update.Began && IsAcceptance(later, update.Urn))
                && (
                    echo == Echo.Full
                    || (
                        IsUpdate(operations, update.Urn)
                        && !WasOverlooked(environment.Cloud.Job(stop.JobId!)!, update, operations)
                    )
                )
            )
            {
                throw new ViolationException("a restart that was broken off is finished", message);
            }
        }
    }

    /// <summary>Without req_id only a state that names the stop shows what it was for: a killed run left none, nor did
    /// one that was cancelled before the stop's answer came. Without a directive nothing does.</summary>
    private static bool CanBeKnown(Operation update, string? stop, Echo echo) =>
        echo switch
        {
            Echo.Full => true,
            Echo.None => false,
            _ => update.Ended is not null && update.NewState?["jobId"] == PropertyValue.Of(stop ?? ""),
        };

    /// <summary>A refresh that comes before the stop is listed sees the link as it was: the state no longer names the
    /// stop then.</summary>
    private static bool WasOverlooked(JobView stop, Operation update, IEnumerable<Operation> operations) =>
        operations.Any(read =>
            read.Kind == OperationKind.Read
            && read.Urn == update.Urn
            && read.Began > update.Began
            && read.Began < stop.ShownAt
        );

    /// <summary>The Create of a replacement has no state that would say what the stop was for.</summary>
    private static bool IsUpdate(IEnumerable<Operation> operations, string urn) =>
        operations.Last(operation => operation.Urn == urn).Kind == OperationKind.Update;

    /// <summary>Whoever accepted the stop with <c>promoted: true</c> has to consent before it is started
    /// over.</summary>
    private static bool IsAcceptance(Operation operation, string urn) =>
        operation.Urn == urn
        && operation is { IsPreview: false, Error: null }
        && operation.NewInputs?["promoted"] == PropertyValue.Of(true);

    [GeneratedRegex("relinkAfter: (?<job>j-[0-9a-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex AsksFor();
}
