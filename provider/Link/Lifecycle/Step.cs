namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>How far an operation has come, for the case that it ends there.</summary>
/// <param name="Service">The service that was submitted or waited for last.</param>
/// <param name="JobId">Its job; null once that has ended, or where its id did not come back.</param>
/// <param name="Meanwhile">The outputs to keep.</param>
internal sealed record Step(string Service, string? JobId, StandbyState Meanwhile)
{
    /// <summary>The job that failed, while what it left behind is read.</summary>
    public Job? Failed { get; init; }

    /// <summary>Why the operation ended here.</summary>
    public string Why(Operation operation, Exception error)
    {
        var reason = error is OperationCanceledException ? operation.Interruption : error.Message;
        return (error, this) switch
        {
            (PluginException refusal, _) => refusal.Message,
            (QingCloudException { Kind: FailureKind.Ambiguous }, _) => reason,
            (_, { Failed: { } failed }) => JobFailure.Describe(
                Service,
                failed,
                $"What became of the link could not be read ({reason})."
            ),
            (OperationCanceledException cancelled, { JobId: not null }) =>
                $"{reason}; {Service} job {JobId} runs on in the cloud.{Operation.LastFailure(cancelled)}",
            (_, { JobId: not null }) => $"{Service} job {JobId} was accepted, but looking at it failed: {reason}",
            _ => $"The link is cut and start_standby could not be submitted: {reason}",
        };
    }
}
