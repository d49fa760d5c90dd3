namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Makes calls that change nothing, again and again until they are answered or nobody waits for them any
/// more.</summary>
internal sealed class RetryingReads(ApiClient api, RateLimiter limiter, Backoff backoff, TimeProvider time)
{
    /// <summary>Reads for one caller.</summary>
    public async Task<T> OnceAsync<T>(
        Func<CallProgress, CancellationToken, Task<T>> read,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new CallProgress(time);
        try
        {
            return await progress.WaitAsync(() => read(progress, abandoned.Token), terms, cancellationToken);
        }
        finally
        {
            abandoned.Cancel();
        }
    }

    /// <summary>Makes a call for all who wait on this progress; the token ends it when none of them is left.</summary>
    public async Task<JsonElement> ReadAsync(ApiCall call, CallProgress progress, CancellationToken abandoned)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var answer = await api.CallAsync(call, progress, abandoned, abandoned);
                progress.Answered();
                return answer;
            }
            catch (QingCloudException e) when (e.IsTransient)
            {
                progress.Failed(e);
            }

            await backoff.WaitAsync(failures, abandoned);
        }
    }

    /// <summary>Waits for the turn of the call that comes next: until then, what it asks for can still grow.</summary>
    public async Task TakeTurnAsync(CallProgress progress, CancellationToken abandoned)
    {
        await limiter.TakeAsync(isChange: false, progress.Report, abandoned);
        progress.HasTurn = true;
    }
}
