namespace QingCloudMySqlStandby.Link;

/// <summary>Why an operation ended before its time, for the user.</summary>
internal static class Explanation
{
    /// <summary>The reason, and whether the source of a switchover is left read-only.</summary>
    public static string Of(Progress progress, Operation operation, Exception error, bool isSwitchover)
    {
        var reason = Of(progress, operation, error);
        var sentence = reason.EndsWith('.') ? reason : reason + ".";
        var source = progress.Standby?.Link.Source?.ClusterId ?? progress.Recorded?.Source.ClusterId;
        return isSwitchover && progress.IsFenced
            ? $"{sentence} The switchover is not complete, and {source} is READ-ONLY: with promoted: false, pulumi up --refresh "
                + "makes it writable again."
            : sentence;
    }

    private static string Of(Progress progress, Operation operation, Exception error)
    {
        var reason = error is OperationCanceledException ? operation.Interruption : error.Message;
        if (error is PluginException or QingCloudException { Kind: FailureKind.Ambiguous })
            return reason;
        if (progress.Failed is { } failed && progress.JobId is not null)
            return JobFailure.Describe(
                progress.Service!,
                failed,
                $"What it did to the link could not be read ({reason})."
            );
        if (progress.JobId is not { } jobId)
        {
            var ended = progress.Failed is { } last
                ? $"{progress.Service} job {last.Id} ended as \"{last.RawStatus}\""
                : $"{progress.Service} has ended";
            return progress.StopJobId is not null
                ? $"The link is stopped, and start_standby could not be submitted: {reason}"
                : $"{ended}, and what follows was not done: {reason}";
        }

        return error is OperationCanceledException cancelled
            ? $"{reason}; {progress.Service} job {jobId} continues in the cloud.{Operation.LastFailure(cancelled)}"
            : $"{progress.Service} job {jobId} was accepted, but looking at it failed: {reason}";
    }
}
