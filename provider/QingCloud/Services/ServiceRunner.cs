namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// Starts exactly one job. Where QingCloud certainly did nothing, the call is made again after a while. Where the answer was
/// lost, the job is looked for in the history until the call can no longer be accepted; only if there is none by then is the
/// call made again.
/// </summary>
internal sealed class ServiceRunner(
    ApiClient api,
    HistoryReads history,
    ZoneChanges changes,
    ServerClock clock,
    Backoff backoff,
    TimeSpan patience,
    TimeProvider time)
{
    private const int MostLostAnswers = 3;

    /// <summary>How long an answer is still waited for once the caller has cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ClusterGates _gates = new();

    public Task<string> RunAsync(ServiceCall call, CancellationToken cancellationToken) =>
        _gates.RunAsync($"{call.Zone}/{call.ClusterId}", () => RunInTurnAsync(call, cancellationToken), cancellationToken);

    private async Task<string> RunInTurnAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        changes.Note(call.Zone);
        try
        {
            return await StartAsync(call, cancellationToken);
        }
        finally
        {
            changes.Note(call.Zone);
        }
    }

    private async Task<string> StartAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        var sent = new SentCall(clock, time);
        var lostAnswers = 0;
        long? unreachableSince = null;
        for (var failures = 1; ; failures++)
        {
            if (failures > 1)
            {
                await RequireNothingNewAsync(call, sent, cancellationToken);
            }

            QingCloudException failure;
            try
            {
                return await SendAsync(call, cancellationToken);
            }
            catch (QingCloudException e)
            {
                failure = e;
            }

            // Once an answer was lost, even a refusal may be due to the very job that the lost call started.
            lostAnswers += failure.MayHaveActed ? 1 : 0;
            if (lostAnswers > 0 && await SettleAsync(call, sent, failure, cancellationToken) is { } jobId)
            {
                return jobId;
            }

            if (failure.MayHaveActed && lostAnswers < MostLostAnswers)
            {
                continue;
            }

            unreachableSince = failure.Kind == FailureKind.Unreachable ? unreachableSince ?? time.GetTimestamp() : null;
            var isHopeless = unreachableSince is { } since && time.GetElapsedTime(since) >= patience;
            if (failure.MayHaveActed || !failure.IsTransient || isHopeless)
            {
                throw failure.MayHaveActed ? Ambiguous(call, failure) : failure;
            }

            await RestAsync(failures, failure, cancellationToken);
        }
    }

    /// <summary>
    /// While a call is refused or its answer looked for, minutes pass in which somebody else may promote the standby or link it to
    /// another source. What was decided before that must not be carried out after it.
    /// </summary>
    private async Task RequireNothingNewAsync(ServiceCall call, SentCall sent, CancellationToken cancellationToken)
    {
        if (call.KnownJobs is not { } known)
        {
            return;
        }

        var made = await history.ReadAsync(call.Zone, call.ClusterId, sent.LongBefore, Freshness.Live, cancellationToken);
        if (made.Jobs.FirstOrDefault(job => !known.Contains(job.Id, StringComparer.Ordinal)) is { } other)
        {
            throw new QingCloudException(
                FailureKind.Temporary,
                $"{call.Service} on cluster {call.ClusterId} (zone {call.Zone}) could not be ordered at once, and meanwhile another "
                + $"operation was started on the cluster: job {other.Id} ({other.Request?.Service ?? other.Action}). {call.Service} was "
                + "not ordered. Run this again to see what became of the cluster.");
        }
    }

    private async Task<string> SendAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        // Once sent, the call may have started a job: a cancelled caller still waits a moment for its id.
        using var given = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.Register(() => given.CancelAfter(Grace));
        var answer = await api.CallAsync(ApiCallFor(call), cancellationToken, given.Token);
        return answer.Text("job_id") is { Length: > 0 } jobId
            ? jobId
            : throw new QingCloudException(
                FailureKind.Ambiguous, $"{call.Service} on cluster {call.ClusterId} was accepted without a job id.")
            {
                MayHaveActed = true,
            };
    }

    private static ApiCall ApiCallFor(ServiceCall call)
    {
        var request = new ApiCall(JobReader.CustomService, call.Zone, $"{call.Service} on cluster {call.ClusterId}")
        {
            IsChange = true,
            Validity = SentCall.Validity,
            Secrets = call.Link is { } secretive ? [secretive.Password] : [],
        };
        request.With("cluster", call.ClusterId).With("role", call.Role).With("service", call.Service);
        return call.Link is { } link ? request.With("service_params", ServiceParameters.Write(link)) : request;
    }

    /// <summary>
    /// Looks for the job: after a lost answer until the call can no longer be accepted, after anything else once. Null means
    /// that there is certainly none.
    /// </summary>
    private async Task<string?> SettleAsync(
        ServiceCall call, SentCall sent, QingCloudException failure, CancellationToken cancellationToken)
    {
        if (failure.MayHaveActed)
        {
            sent.Lost();
        }

        try
        {
            for (var looks = 1; ; looks++)
            {
                // Asked before the look: only a look that begins after that moment proves anything.
                var isLastLook = sent.IsPast;
                var jobId = await FindAsync(call, sent, failure, cancellationToken);
                if (jobId is not null || isLastLook)
                {
                    return jobId;
                }

                await backoff.WaitAsync(looks, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw Ambiguous(call, failure);
        }
    }

    private async Task<string?> FindAsync(
        ServiceCall call, SentCall sent, QingCloudException failure, CancellationToken cancellationToken)
    {
        JobHistory made;
        try
        {
            made = await history.InsistAsync(
                call.Zone, call.ClusterId, call.KnownJobs is null ? sent.SafelyEarlier : sent.LongBefore, cancellationToken);
        }
        catch (QingCloudException e)
        {
            throw Ambiguous(call, e);
        }

        var since = sent.Earliest;
        var own = OwnJob.Find([.. made.Jobs.Where(job => IsNew(job, call, since))], call);
        return own is not null || made.IsComplete ? own?.Id : throw Ambiguous(call, failure);
    }

    /// <summary>Whether a job was made since the call was decided on. Clocks are asked only where nobody says what there was before.</summary>
    private static bool IsNew(Job job, ServiceCall call, DateTimeOffset since) =>
        call.KnownJobs is { } known ? !known.Contains(job.Id, StringComparer.Ordinal) : job.CreatedAt >= since;

    private async Task RestAsync(int failures, QingCloudException last, CancellationToken cancellationToken)
    {
        try
        {
            await backoff.WaitAsync(failures, cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, last, cancellationToken);
        }
    }

    private static QingCloudException Ambiguous(ServiceCall call, QingCloudException cause) => new(
        FailureKind.Ambiguous,
        $"It could not be found out whether {call.Service} on cluster {call.ClusterId} (zone {call.Zone}) started a job: "
        + $"{cause.Message} Look at the cluster's operations in the console, or run this again: it looks for the job before it "
        + "starts another.",
        cause.ReturnCode,
        cause);
}
