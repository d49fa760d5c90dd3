using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Starts exactly one job. Where QingCloud certainly did nothing, the call is made again after a while. Where
/// the answer was lost, the job is looked for in the history until the call can no longer be accepted; only if there is
/// none by then is the call made again.</summary>
internal sealed class ServiceRunner(
    ApiClient api, ZoneReaders zones, ServerClock clock, Backoff backoff, TimeProvider time)
{
    private const int MostLostAnswers = 3;

    /// <summary>How long an answer is still waited for once the caller has cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly KeyedLock _clusters = new();

    public Task<SubmittedJob> RunAsync(ServiceCall call, ReadTerms terms, CancellationToken cancellationToken) =>
        _clusters.RunAsync(
            $"{call.Zone}/{call.ClusterId}", () => RunInTurnAsync(call, terms, cancellationToken), cancellationToken);

    private async Task<SubmittedJob> RunInTurnAsync(
        ServiceCall call, ReadTerms terms, CancellationToken cancellationToken)
    {
        zones.Of(call.Zone).Changed();
        try
        {
            return await StartAsync(call, terms, cancellationToken);
        }
        finally
        {
            zones.Of(call.Zone).Changed();
        }
    }

    private async Task<SubmittedJob> StartAsync(ServiceCall call, ReadTerms terms, CancellationToken cancellationToken)
    {
        var window = new AcceptanceWindow(clock, time);
        var request = ApiCallFor(call);
        var lostAnswers = 0;
        long? unreachableSince = null;
        for (var failures = 1; ; failures++)
        {
            if (failures > 1)
                await RequireNothingNewAsync(call, window, terms, cancellationToken);

            QingCloudException failure;
            try
            {
                return new SubmittedJob(await SendAsync(call, request, terms, cancellationToken));
            }
            catch (QingCloudException e)
            {
                failure = e;
            }

            // Once an answer was lost, even a refusal may be due to the very job that the lost call started.
            lostAnswers += failure.MayHaveActed ? 1 : 0;
            if (lostAnswers > 0
                && await SettleAsync(call, request, window, failure, terms, cancellationToken) is { } own)
            {
                return own;
            }

            if (failure.MayHaveActed && lostAnswers < MostLostAnswers)
                continue;

            unreachableSince = failure.Kind == FailureKind.Unreachable ? unreachableSince ?? time.GetTimestamp() : null;
            var isHopeless = unreachableSince is { } since && time.GetElapsedTime(since) >= terms.Patience();
            if (failure.MayHaveActed || !failure.IsTransient || isHopeless)
                throw failure.MayHaveActed ? Ambiguous(call, failure) : failure;

            terms.Report?.Invoke($"{failure.Message} Trying again.");
            await RestAsync(failures, failure, cancellationToken);
        }
    }

    /// <summary>While a call is refused or its answer looked for, minutes pass in which somebody else may promote the
    /// standby or link it to another source. What was decided before that must not be carried out after it.</summary>
    private async Task RequireNothingNewAsync(
        ServiceCall call, AcceptanceWindow window, ReadTerms terms, CancellationToken cancellationToken)
    {
        if (call.KnownJobs is not { } known)
            return;

        var made = await zones.Of(call.Zone).ReadHistoryAsync(
            call.ClusterId, window.LongBefore, Freshness.Live, terms, cancellationToken);
        if (made.Jobs.FirstOrDefault(job => !known.Contains(job.Id, StringComparer.Ordinal)) is { } other)
        {
            throw new QingCloudException(
                FailureKind.Temporary,
                $"{call.Service} on cluster {call.ClusterId} (zone {call.Zone}) could not be submitted at once, and "
                + $"meanwhile another operation was started on the cluster: job {other.Id} "
                + $"({other.Request?.Service ?? other.Action}). {call.Service} was not submitted. Run this again to "
                + "see what became of the cluster.");
        }
    }

    private async Task<string> SendAsync(
        ServiceCall call, ApiCall request, ReadTerms terms, CancellationToken cancellationToken)
    {
        // Once sent, the call may have started a job: a cancelled caller still waits a moment for its id.
        using var given = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.Register(() => given.CancelAfter(Grace));
        var answer = await new CallProgress(time).WaitAsync(
            progress => api.CallAsync(request, progress, cancellationToken, given.Token), terms);
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
            Validity = AcceptanceWindow.Validity,
            Secrets = call.Link is { } secretive ? [secretive.Password] : [],
        };
        request.With("cluster", call.ClusterId).With("role", call.Role).With("service", call.Service);
        if (call.RequestId is { } id)
            request.With("req_id", id);

        return call.Link is { } link ? request.With("service_params", ServiceParameters.Write(link)) : request;
    }

    /// <summary>Looks for the job: after a lost answer until the call can no longer be accepted, after anything else
    /// once. Null means that there is certainly none.</summary>
    private async Task<SubmittedJob?> SettleAsync(
        ServiceCall call,
        ApiCall request,
        AcceptanceWindow window,
        QingCloudException failure,
        ReadTerms terms,
        CancellationToken cancellationToken)
    {
        if (failure.MayHaveActed)
        {
            window.Lost();
            terms.Report?.Invoke(
                $"{call.Service} on {call.ClusterId}: the answer was lost; looking for its job (up to two minutes)");
        }

        try
        {
            for (var looks = 1; ; looks++)
            {
                // Asked before the look: only a look that begins after that moment proves anything.
                var isLastLook = window.IsPast;
                var own = await FindAsync(call, request, window, failure, terms, cancellationToken);
                if (own is not null || isLastLook)
                    return own;

                await backoff.WaitAsync(looks, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw Ambiguous(call, failure);
        }
    }

    private async Task<SubmittedJob?> FindAsync(
        ServiceCall call,
        ApiCall request,
        AcceptanceWindow window,
        QingCloudException failure,
        ReadTerms terms,
        CancellationToken cancellationToken)
    {
        JobHistory made;
        try
        {
            var since = call.KnownJobs is null ? window.SafelyEarlier : window.LongBefore;
            made = await zones.Of(call.Zone).ReadHistoryAsync(
                call.ClusterId, since, Freshness.Live, terms.Endless, cancellationToken);
        }
        catch (QingCloudException e)
        {
            throw Ambiguous(call, e);
        }

        var earliest = window.Earliest;
        var own = OwnJob.Find(made.Jobs, job => IsNew(job, call, earliest), call, request.Signatures);
        return own is not null || made.IsComplete ? own : throw Ambiguous(call, failure);
    }

    /// <summary>Clocks are asked only where nobody says which jobs there were before.</summary>
    private static bool IsNew(Job job, ServiceCall call, DateTimeOffset earliest) =>
        call.KnownJobs is { } known ? !known.Contains(job.Id, StringComparer.Ordinal) : job.CreatedAt >= earliest;

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
        $"It could not be found out whether {call.Service} on cluster {call.ClusterId} (zone {call.Zone}) started a "
        + $"job: {cause.Message} Look at the cluster's operations in the console, or run this again: it looks for the "
        + "job before it starts another.",
        cause.ReturnCode,
        cause);
}
