using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>One call that starts exactly one job. Where QingCloud certainly did nothing, the call is made again after a
/// while. Where the answer was lost, the job is looked for in the history until the call can no longer be accepted;
/// only if there is none by then is the call made again.</summary>
internal sealed class Submission(
    ServiceCall call,
    ReadTerms terms,
    ApiClient api,
    ZoneReader zone,
    ServerClock clock,
    Backoff backoff,
    TimeProvider time,
    CancellationToken cancellationToken
)
{
    private const int MostLostAnswers = 3;

    /// <summary>How long an answer is still waited for once the caller has cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ApiCall _request = RequestOf(call);
    private readonly AcceptanceWindow _window = new(clock, time);

    public async Task<string> RunAsync()
    {
        var lostAnswers = 0;
        QingCloudException? lost = null;
        long? unreachableSince = null;
        for (var failures = 1; ; failures++)
        {
            if (failures > 1)
            {
                await RequireNothingNewAsync(lost);
                await (call.BeforeRetry?.Invoke(cancellationToken) ?? Task.CompletedTask);
            }

            QingCloudException failure;
            try
            {
                return await SendAsync();
            }
            catch (QingCloudException e)
            {
                failure = e;
            }

            // Once an answer was lost, even a refusal may be due to the very job that the lost call started.
            (lostAnswers, lost) = failure.MayHaveActed ? (lostAnswers + 1, failure) : (lostAnswers, lost);
            if (lostAnswers > 0 && await SettleAsync(failure) is { } own)
                return own;
            if (failure.MayHaveActed && lostAnswers < MostLostAnswers)
                continue;

            unreachableSince = failure.Kind == FailureKind.Unreachable ? unreachableSince ?? time.GetTimestamp() : null;
            var isHopeless = unreachableSince is { } since && time.GetElapsedTime(since) >= terms.Patience();
            if (failure.MayHaveActed || !failure.IsTransient || isHopeless)
                throw failure.MayHaveActed ? Ambiguous(failure) : failure;

            terms.Report?.Invoke($"{failure.Message} Trying again.");
            await RestAsync(failures, failure);
        }
    }

    private static ApiCall RequestOf(ServiceCall call) =>
        new ApiCall(JobKinds.CustomService, call.Zone, $"{call.Service} on cluster {call.ClusterId}")
        {
            IsChange = true,
            Validity = AcceptanceWindow.Validity,
        }
            .With("cluster", call.ClusterId)
            .With("role", call.Role)
            .With("service", call.Service)
            .With("req_id", call.RequestId)
            .With("service_params", ServiceParameters.Write(call));

    /// <summary>While a call is refused or its answer looked for, minutes pass in which another user may promote the
    /// standby or link it to another source. What was decided before that must not be carried out after it.</summary>
    private async Task RequireNothingNewAsync(QingCloudException? lost)
    {
        if (call.KnownJobs is not { } known)
            return;

        var made = await ReadAsync(_window.LongBefore, terms);
        var others = made.Jobs.Where(job => !known.Contains(job.Id, StringComparer.Ordinal)).ToList();

        // Of jobs that cannot be read, one may be the lost call's.
        if (lost is not null && others.Exists(job => job.Request is null))
            throw Ambiguous(lost);
        if (others is [var other, ..])
        {
            throw new QingCloudException(
                FailureKind.Temporary,
                $"{call.Service} on cluster {call.ClusterId} (zone {call.Zone}) could not be submitted at once, and "
                    + $"meanwhile another operation was started on the cluster: job {other.Id} "
                    + $"({other.Request?.Service ?? other.Action}). {call.Service} was not submitted. Run this again to "
                    + "see what became of the cluster."
            );
        }
    }

    private async Task<string> SendAsync()
    {
        // Once sent, the call may have started a job: a cancelled caller still waits a moment for its id.
        using var given = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.Register(() => given.CancelAfter(Grace));
        var answer = await new CallProgress(time).WaitAsync(
            progress => api.CallAsync(_request, progress, cancellationToken, given.Token),
            terms
        );
        return answer.Text("job_id") is { Length: > 0 } jobId
            ? jobId
            : throw new QingCloudException(
                FailureKind.Ambiguous,
                $"{call.Service} on cluster {call.ClusterId} was accepted without a job id."
            )
            {
                MayHaveActed = true,
            };
    }

    /// <summary>Looks for the job: after a lost answer until the call can no longer be accepted, after anything else
    /// once. Null means that there is certainly none.</summary>
    private async Task<string?> SettleAsync(QingCloudException failure)
    {
        if (failure.MayHaveActed)
        {
            _window.Lost();
            terms.Report?.Invoke(
                $"{call.Service} on {call.ClusterId}: the answer was lost; looking for its job (up to two minutes)"
            );
        }

        try
        {
            for (var looks = 1; ; looks++)
            {
                // Asked before the look: only a look that begins after that moment proves anything.
                var isLastLook = _window.IsPast;
                var own = await FindAsync(failure);
                if (own is not null || isLastLook)
                    return own;

                await backoff.WaitAsync(looks, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw Ambiguous(failure);
        }
    }

    private async Task<string?> FindAsync(QingCloudException failure)
    {
        JobHistory made;
        try
        {
            var since = call.KnownJobs is null ? _window.SafelyEarlier : _window.LongBefore;
            made = await ReadAsync(since, terms.Endless);
        }
        catch (QingCloudException e)
        {
            throw Ambiguous(e);
        }

        if (OwnJob.Find(made.Jobs, call, _request.Signatures) is { } own)
            return own;

        var earliest = _window.Earliest;
        var mayBeOurs = made.Jobs.Any(job => IsNew(job, earliest) && OwnJob.IsSilent(job));
        return mayBeOurs || made.Reach == HistoryReach.Incomplete ? throw Ambiguous(failure) : null;
    }

    private Task<JobHistory> ReadAsync(DateTimeOffset since, ReadTerms readTerms) =>
        zone.ReadHistoryAsync(
            call.ClusterId,
            HistoryDepth.All with
            {
                Since = since,
            },
            Freshness.Live,
            readTerms,
            cancellationToken
        );

    /// <summary>Clocks are asked only where the caller does not say which jobs there were before.</summary>
    private bool IsNew(Job job, DateTimeOffset earliest) =>
        call.KnownJobs is { } known ? !known.Contains(job.Id, StringComparer.Ordinal) : job.CreatedAt >= earliest;

    private async Task RestAsync(int failures, QingCloudException last)
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

    private QingCloudException Ambiguous(QingCloudException cause) =>
        new(
            FailureKind.Ambiguous,
            $"It could not be found out whether {call.Service} on cluster {call.ClusterId} (zone {call.Zone}) started a "
                + $"job: {cause.Message} Look at the cluster's operations in the console, or run this again: it looks for the "
                + "job before it starts another.",
            cause.ReturnCode,
            cause
        );
}
