namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>How calls come along, for those who wait for what they answer, each on terms of their own.</summary>
internal sealed class CallProgress(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile Unanswered? _unanswered;
    private volatile QingCloudException? _lastFailure;
    private Action<string>? _listeners;
    private int _waiting;

    /// <summary>Whether the turn of the next call has come already.</summary>
    public bool HasTurn { get; set; }

    /// <summary>Waits for an answer as long as the terms and the token allow; the end of either reports the last
    /// failure.</summary>
    public Task<T> WaitAsync<T>(Func<Task<T>> ask, ReadTerms terms, CancellationToken cancellationToken) =>
        WaitAsync(_ => WaitAsync(ask(), terms, cancellationToken), terms);

    /// <summary>Waits for as long as the call itself does: once sent, it may have acted.</summary>
    public async Task<T> WaitAsync<T>(Func<CallProgress, Task<T>> ask, ReadTerms terms)
    {
        lock (_gate)
        {
            _waiting++;
            _listeners += terms.Report;
        }

        try
        {
            return await ask(this);
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
                _listeners -= terms.Report;
                (_unanswered, _lastFailure) = _waiting == 0 ? (null, null) : (_unanswered, _lastFailure);
            }
        }
    }

    public void Report(string line) => _listeners?.Invoke(line);

    public void Sent(ApiCall call) => _unanswered ??= new Unanswered(call, time.GetTimestamp());

    public void Answered() => (_unanswered, _lastFailure) = (null, null);

    /// <summary>Notes a failure after which the call is tried again. To be refused for the account's rate costs no
    /// patience.</summary>
    public void Failed(QingCloudException failure)
    {
        _lastFailure = failure;
        _unanswered = failure.IsRateLimit ? null : _unanswered;
        Report($"{failure.Message} Trying again.");
    }

    private async Task<T> WaitAsync<T>(Task<T> answer, ReadTerms terms, CancellationToken cancellationToken)
    {
        for (var begunAt = time.GetTimestamp(); ; )
        {
            try
            {
                return await answer.WaitAsync(Left(terms.Patience(), begunAt), time, cancellationToken);
            }
            catch (TimeoutException) when (!answer.IsFaulted)
            {
                // The answer may have come at that very moment; or for a part of that time no call was out, or there
                // is more patience now.
            }
            catch (OperationCanceledException e) when (_lastFailure is { } last)
            {
                throw new OperationCanceledException(e.Message, last, cancellationToken);
            }
        }
    }

    private TimeSpan Left(TimeSpan patience, long begunAt)
    {
        if (patience == Timeout.InfiniteTimeSpan || _unanswered is not { } unanswered)
            return patience;

        var left = patience - time.GetElapsedTime(Math.Max(begunAt, unanswered.Since));
        return left > TimeSpan.Zero ? left + TimeSpan.FromMilliseconds(1) : throw GaveUp(unanswered.Call, patience);
    }

    private QingCloudException GaveUp(ApiCall call, TimeSpan patience)
    {
        var tried = FormattableString.Invariant($"(Tried for {patience.TotalSeconds:0} s.)");
        return _lastFailure is { } last
            ? new QingCloudException(last.Kind, $"{last.Message} {tried}", last.ReturnCode, last)
            : new QingCloudException(
                FailureKind.Unreachable,
                $"{call.Describe()}: QingCloud does not answer. Check `endpoint`, the "
                    + $"network and any proxy. {tried}"
            );
    }

    private sealed record Unanswered(ApiCall Call, long Since);
}
