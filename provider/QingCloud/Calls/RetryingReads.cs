using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Pacing;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>
/// Makes a call that changes nothing until it is answered. It gives up when its patience with an unreachable server ends or the
/// caller's token is cancelled, and in both cases tells the last failure. Waiting for the account's rate costs no patience.
/// </summary>
internal sealed class RetryingReads(ApiClient api, Backoff backoff, TimeProvider time)
{
    public async Task<JsonElement> ReadAsync(ApiCall call, ReadTerms terms, CancellationToken cancellationToken)
    {
        long? failingSince = null;
        try
        {
            for (var failures = 1; ; failures++)
            {
                try
                {
                    var answer = await api.CallAsync(call, cancellationToken);
                    terms.LastFailure = null;
                    return answer;
                }
                catch (QingCloudException e) when (e.IsTransient)
                {
                    terms.LastFailure = e;
                    failingSince = e.IsRateLimit ? null : failingSince ?? time.GetTimestamp();
                    if (failingSince is { } since && terms.IsOver(time.GetElapsedTime(since)))
                    {
                        throw GaveUp(e, terms);
                    }
                }

                await backoff.WaitAsync(failures, cancellationToken);
            }
        }
        catch (OperationCanceledException e)
        {
            throw terms.Cancelled(e, cancellationToken);
        }
    }

    private static QingCloudException GaveUp(QingCloudException last, ReadTerms terms) => new(
        last.Kind,
        FormattableString.Invariant($"{last.Message} (Tried again for {terms.Patience.TotalSeconds:0} s.)"),
        last.ReturnCode,
        last);
}

/// <summary>How long a read goes on trying, and what failed last.</summary>
internal sealed class ReadTerms(TimeSpan patience)
{
    public TimeSpan Patience { get; } = patience;

    public QingCloudException? LastFailure { get; set; }

    /// <summary>A read that goes on for as long as its token lives.</summary>
    public static ReadTerms Endless() => new(Timeout.InfiniteTimeSpan);

    public bool IsOver(TimeSpan failing) => Patience != Timeout.InfiniteTimeSpan && failing >= Patience;

    /// <summary>The cancellation to throw: with the last failure inside, for a deadline's caller has nothing else to tell.</summary>
    public OperationCanceledException Cancelled(OperationCanceledException cause, CancellationToken cancellationToken) =>
        LastFailure is { } last ? new OperationCanceledException(cause.Message, last, cancellationToken) : cause;
}
