using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>The keys that a QingCloud instance gives to what runs on it, when a role is bound to it. They are asked for
/// once by however many callers, and anew shortly before they expire.</summary>
internal sealed class InstanceRole(Uri address, HttpMessageInvoker http, Backoff backoff, TimeProvider time)
    : IDisposable
{
    private const int MaxBytes = 64 * 1024;
    private const int Tries = 3;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(5);

    private readonly FairSemaphore _gate = new();
    private Credentials? _current;

    /// <summary>A handler that goes to the instance's own address and nowhere else: no proxy may see the
    /// keys.</summary>
    public static HttpMessageHandler OpenSockets() =>
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = CallTimeout,
        };

    /// <summary>The role's keys; null when the instance has no role.</summary>
    public async Task<Credentials?> CredentialsAsync(CancellationToken cancellationToken)
    {
        using var turn = await _gate.EnterAsync(cancellationToken);
        if (_current is null || Remaining(_current) < RenewalMargin)
            _current = await RenewAsync(cancellationToken);

        return _current;
    }

    public void Dispose() => http.Dispose();

    private async Task<Credentials?> RenewAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await AskAsync(cancellationToken);
            }
            catch (QingCloudException) when (_current is { } still && Remaining(still) > TimeSpan.Zero)
            {
                return still;
            }
            catch (QingCloudException e) when (e.IsTransient && failures < Tries)
            {
                await backoff.WaitAsync(failures, cancellationToken);
            }
        }
    }

    private TimeSpan Remaining(Credentials credentials) => credentials.ExpiresAt!.Value - time.GetUtcNow();

    private async Task<Credentials?> AskAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await http.SendAsync(request, either.Token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                throw Failure(FormattableString.Invariant($"it answered with HTTP {(int)response.StatusCode}"));

            await response.Content.LoadIntoBufferAsync(MaxBytes, either.Token);
            return Read(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(either.Token)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Failure(e is OperationCanceledException ? "no answer came in time" : Sanitizer.Clean(e.Message, 300));
        }
    }

    private Credentials Read(string body) =>
        LooseText.ReadObject(body) is { } read
        && read.Text("access_key") is { Length: > 0 } id
        && read.Text("secret_key") is { Length: > 0 } secret
        && read.Text("id_token") is { Length: > 0 } token
        && Expiration(read) is { } expiration
            ? new Credentials(id, new SecretText(secret), new SecretText(token), expiration)
            : throw Failure("its answer lacks access_key, secret_key, id_token or expiration");

    private static DateTimeOffset? Expiration(JsonElement read) =>
        double.TryParse(read.Text("expiration"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private QingCloudException Failure(string why) =>
        new(
            FailureKind.Unreachable,
            $"The instance's role could not be asked for credentials at {address.Authority}: {why}. Run this on a "
                + "QingCloud instance that a role is bound to, or leave `useInstanceRole` out."
        )
        {
            IsTransient = true,
        };
}
