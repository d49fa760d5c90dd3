using System.Net;
using System.Net.Http.Headers;
using System.Text;
using QingCloudMySqlStandby.QingCloud.Network;
using static System.Net.Http.HttpRequestError;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Carries one signed call to QingCloud and its answer back. It follows no redirect, reads no endless body,
/// waits no longer than its limit, and says of every failure whether the call may have reached QingCloud.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="proxy">The proxy settings that it goes by.</param>
/// <param name="method">How parameters travel.</param>
/// <param name="maxAnswerBytes">The longest answer that is read.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiTransport(
    HttpMessageInvoker http,
    ProxySettings proxy,
    RequestMethod method,
    int maxAnswerBytes,
    TimeProvider time
) : IDisposable
{
    /// <summary>How long a call may take, its whole answer included.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether QingCloud, or a gateway before it, has ever answered.</summary>
    public bool HasAnswered { get; private set; }

    public HttpMethod Method { get; } = method == RequestMethod.Get ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>The handler that production uses: redirects would carry a signed body to another host.</summary>
    public static HttpMessageHandler OpenSockets(ProxySettings proxy, TimeProvider time)
    {
        var connector = Connector.OfMachine(time);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = proxy,
            ConnectCallback = async (context, token) => await connector.ConnectAsync(context.DnsEndPoint, token),
            ConnectTimeout = 2 * Connector.Limit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        };
    }

    public async Task<ApiAnswer> SendAsync(
        ApiCall call,
        SignedCall signed,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        proxy.Require(address);
        if (address.Scheme == Uri.UriSchemeHttps && TlsLibrary.MachineProblem is { } problem)
            throw new QingCloudException(FailureKind.Unreachable, $"{call.Describe()}: {problem}");

        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var isPost = Method == HttpMethod.Post;

        // A GET's empty body matters: without one, the handler itself would send it again when the connection breaks,
        // and a call that changes something must go out once.
        var content = new CallContent(isPost ? signed.Form : "");
        var target = isPost ? address : new UriBuilder(address) { Query = signed.Form }.Uri;
        using var request = new HttpRequestMessage(Method, target) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            HasAnswered = true;
            await response.Content.LoadIntoBufferAsync(maxAnswerBytes, either.Token);
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(either.Token));
            return new ApiAnswer(response.StatusCode, body, response.Headers.Date);
        }
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested && !(call.IsChange && content.HasLeft))
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var ended =
                cancellationToken.IsCancellationRequested ? "the call was cancelled before its answer came"
                : timeout.IsCancellationRequested
                    ? FormattableString.Invariant($"no whole answer came within {CallTimeout.TotalSeconds:0.#} s")
                : null;
            throw Failure(call, address, ended, content.HasLeft, e);
        }
    }

    public void Dispose() => http.Dispose();

    private QingCloudException Failure(ApiCall call, Uri address, string? ended, bool hasLeft, Exception cause)
    {
        var error = (cause as HttpRequestException)?.HttpRequestError;
        var mayHaveArrived =
            hasLeft
            && error is not (NameResolutionError or ConnectionError or SecureConnectionError or ProxyTunnelError);
        var what =
            ended
            ?? error switch
            {
                NameResolutionError => "its name could not be resolved",
                SecureConnectionError => "no TLS connection could be made",
                ConnectionError => "no connection could be made",
                ProxyTunnelError => "the proxy made no connection",
                _ when cause is OperationCanceledException => "no connection could be made in time",
                _ when mayHaveArrived => "the connection broke before the whole answer had come",
                _ => "the call could not be sent",
            };

        // Why a TLS connection fails, such as by which flaw of a certificate, only the innermost exception says.
        var reason = (error == SecureConnectionError ? cause.GetBaseException() : cause).Message;
        return new QingCloudException(
            FailureKind.Unreachable,
            $"{call.Describe()}: QingCloud at {address.Authority}{proxy.Describe(address)} could not be reached: {what} "
                + $"({Sanitizer.Clean(reason, 300)}). Check `endpoint`, the network and any proxy."
        )
        {
            IsTransient = true,
            MayHaveActed = mayHaveArrived,
        };
    }

    /// <summary>A body that knows whether any of it was handed to a connection.</summary>
    private sealed class CallContent(string form)
        : StringContent(form, form.Length > 0 ? new MediaTypeHeaderValue("application/x-www-form-urlencoded") : null)
    {
        public bool HasLeft { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            HasLeft = true;
            return base.SerializeToStreamAsync(stream, context);
        }
    }
}

/// <summary>What came back over HTTP, before anything is made of it.</summary>
internal sealed class ApiAnswer(HttpStatusCode status, string body, DateTimeOffset? date)
{
    public HttpStatusCode Status { get; } = status;
    public string Body { get; } = body;

    /// <summary>The server's time, where the answer has it.</summary>
    public DateTimeOffset? Date { get; } = date;
}
