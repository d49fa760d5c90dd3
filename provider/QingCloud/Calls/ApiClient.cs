using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Pacing;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Makes one call: takes it from the budget, stamps and signs it, sends it, reads its answer.</summary>
internal sealed class ApiClient(Account account, ApiTransport transport, CallBudget budget, ServerClock clock)
{
    private const int MostClockCorrections = 2;

    /// <summary>A thousand creates that begin at once would otherwise open a thousand connections.</summary>
    private const int MostAtOnce = 32;

    private readonly FifoGate _places = new(MostAtOnce);

    public Task<JsonElement> CallAsync(ApiCall call, CancellationToken cancellationToken) =>
        CallAsync(call, cancellationToken, cancellationToken);

    /// <summary>Makes a call that may be given up by another token once it has left.</summary>
    public async Task<JsonElement> CallAsync(
        ApiCall call, CancellationToken beforeSending, CancellationToken afterSending)
    {
        for (var corrections = 0; ; corrections++)
        {
            try
            {
                return await CallOnceAsync(call, beforeSending, afterSending);
            }
            catch (QingCloudException e) when (e.ReturnCode == ReturnCode.ExpiredStamp && corrections < MostClockCorrections)
            {
                clock.Correct();
            }
        }
    }

    private async Task<JsonElement> CallOnceAsync(
        ApiCall call, CancellationToken beforeSending, CancellationToken afterSending)
    {
        await budget.TakeAsync(call.IsChange, beforeSending);
        using var place = await _places.EnterAsync(beforeSending);
        return await SendAsync(call, beforeSending, afterSending);
    }

    /// <summary>Stamps the call only now: a stamp does not last while a call waits for its turn.</summary>
    private async Task<JsonElement> SendAsync(
        ApiCall call, CancellationToken beforeSending, CancellationToken afterSending)
    {
        var credentials = await account.CredentialsAsync(beforeSending);
        var address = account.Endpoint.AddressFor(credentials);
        var signed = RequestSigner.Sign(call, credentials, transport.Method, address.AbsolutePath, clock.StampTime);
        beforeSending.ThrowIfCancellationRequested();
        call.Signatures.Add(signed.Signature);
        var answer = await transport.SendAsync(call, signed, address, afterSending);
        clock.Observe(answer.Date);
        try
        {
            return ResponseParser.Parse(call, answer, Secrets(call, credentials, signed));
        }
        catch (QingCloudException e) when (e.IsRateLimit)
        {
            budget.Refused();
            throw;
        }
    }

    private static List<SecretText> Secrets(ApiCall call, Credentials credentials, SignedCall signed)
    {
        List<SecretText> secrets = [.. call.Secrets, credentials.Secret, new SecretText(credentials.AccessKeyId), signed.Signature];
        if (credentials.Token is { } token)
        {
            secrets.Add(token);
        }

        return secrets;
    }
}
