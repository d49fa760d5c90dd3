using QingCloudMySqlStandby.QingCloud.Accounts;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Makes one call: waits for its turn, stamps and signs it, sends it, reads its answer.</summary>
internal sealed class ApiClient(
    Account account,
    ApiTransport transport,
    RateLimiter limiter,
    ServerClock clock,
    TimeProvider time
)
{
    private const int MostClockCorrections = 2;

    /// <summary>A thousand creates that begin at once would otherwise open a thousand connections.</summary>
    private const int MostAtOnce = 32;

    /// <summary>How long an answer may take before the user is shown what is waited for.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(2);

    private readonly FairSemaphore _places = new(MostAtOnce);

    /// <summary>Makes a call that may be given up by another token once it has left.</summary>
    public async Task<JsonElement> CallAsync(
        ApiCall call,
        CallProgress progress,
        CancellationToken beforeSending,
        CancellationToken afterSending
    )
    {
        for (var corrections = 0; ; corrections++)
        {
            try
            {
                return await CallOnceAsync(call, progress, beforeSending, afterSending);
            }
            catch (QingCloudException e)
                when (e.ReturnCode == ReturnCode.ExpiredStamp && corrections < MostClockCorrections)
            {
                clock.Correct();
            }
        }
    }

    private async Task<JsonElement> CallOnceAsync(
        ApiCall call,
        CallProgress progress,
        CancellationToken beforeSending,
        CancellationToken afterSending
    )
    {
        if (!progress.HasTurn)
            await limiter.TakeAsync(call.IsChange, progress.Report, beforeSending);

        progress.HasTurn = false;
        using var place = await _places.EnterAsync(beforeSending);
        progress.Sent(call);
        await using var notice = time.CreateTimer(
            _ => progress.Report($"{call.Action} ({call.Subject}): waiting for QingCloud's answer"),
            null,
            Noticeable,
            Timeout.InfiniteTimeSpan
        );
        return await SendAsync(call, beforeSending, afterSending);
    }

    /// <summary>Stamps the call only now: a stamp does not last while a call waits for its turn.</summary>
    private async Task<JsonElement> SendAsync(
        ApiCall call,
        CancellationToken beforeSending,
        CancellationToken afterSending
    )
    {
        var credentials = await account.CredentialsAsync(beforeSending);
        var address = account.Endpoint.AddressFor(credentials);
        var signed = RequestSigner.Sign(
            call,
            credentials,
            transport.Method.Method,
            address.AbsolutePath,
            clock.StampTime
        );
        beforeSending.ThrowIfCancellationRequested();
        call.Signatures.Add(signed.Signature);
        var answer = await transport.SendAsync(call, signed, address, afterSending);
        clock.Observe(answer.Date);
        try
        {
            return ResponseParser.Parse(call, answer, credentials.Place);
        }
        catch (QingCloudException e) when (e.IsRateLimit)
        {
            limiter.Refused();
            throw;
        }
    }
}
