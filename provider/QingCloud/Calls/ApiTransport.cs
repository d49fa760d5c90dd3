using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Carries one signed call to QingCloud and its answer back. It follows no redirect, reads no endless body,
/// waits no longer than its limit, and says of every failure whether the call may have reached QingCloud.</summary>
internal sealed class ApiTransport(
    Func<HttpMessageInvoker> open, RequestMethod method, int maxAnswerBytes, TimeProvider time) : IDisposable
{
    /// <summary>How long a call may take, its whole answer included.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly Lazy<HttpMessageInvoker> _http = new(open);
    private volatile bool _hasAnswered;

    /// <summary>Whether QingCloud, or a gateway before it, has ever answered.</summary>
    public bool HasAnswered => _hasAnswered;

    public string Method { get; } = method == RequestMethod.Get ? "GET" : "POST";

    /// <summary>The handler that production uses: redirects would carry a signed body to another host.</summary>
    public static HttpMessageHandler OpenSockets() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
        ActivityHeadersPropagator = null,
    };

    public async Task<ApiAnswer> SendAsync(
        ApiCall call, SignedCall signed, Uri address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = Request(signed, address, out var content);
        try
        {
            using var response = await _http.Value.SendAsync(request, either.Token);
            _hasAnswered = true;
            var body = await ReadBodyAsync(response.Content, either.Token);
            return new ApiAnswer(response.StatusCode, body, response.Headers.Date);
        }
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested && !(call.IsChange && content.HasLeft))
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var mayHaveArrived = content.HasLeft && !IsBeforeSending(e);
            var what = cancellationToken.IsCancellationRequested ? "the call was cancelled before its answer came"
                : timeout.IsCancellationRequested ? TimedOut
                : What(e, mayHaveArrived);
            throw Failure(call, address, what, e, mayHaveArrived);
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private HttpRequestMessage Request(SignedCall signed, Uri address, out CallContent content)
    {
        if (method == RequestMethod.Post)
        {
            content = new CallContent(signed.Form);
            return new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        }

        // The empty body matters: without one, the handler itself would send a GET again when the connection breaks,
        // and a call that changes something must go out once.
        content = new CallContent("");
        return new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Query = signed.Form }.Uri)
        { Content = content };
    }

    private async Task<string> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(maxAnswerBytes, cancellationToken);
        return Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static bool IsBeforeSending(Exception cause) => cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static string TimedOut => string.Create(
        CultureInfo.InvariantCulture, $"no whole answer came within {CallTimeout.TotalSeconds:0.#} s");

    private static string What(Exception cause, bool mayHaveArrived) => cause switch
    {
        OperationCanceledException => "no connection could be made in time",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name could not be "
            + "resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no TLS connection could "
            + "be made",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection could be made",
        _ when mayHaveArrived => "the connection broke before the whole answer had come",
        _ => "the call could not be sent",
    };

    /// <summary>Why a TLS connection fails, such as by which flaw of a certificate, only the innermost exception
    /// says.</summary>
    private static string Reason(Exception cause) =>
        cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? cause.GetBaseException().Message
            : cause.Message;

    private static QingCloudException Failure(
        ApiCall call, Uri address, string what, Exception cause, bool mayHaveArrived) => new(
        FailureKind.Unreachable,
        $"{call.Action} ({call.Subject}, zone {call.Zone}): QingCloud at {address.Authority} could not be reached: "
        + $"{what} ({Redaction.Clean(Reason(cause), call.Secrets, 300)}). Check `endpoint`, the network and any proxy.",
        innerException: cause)
        {
            IsTransient = true,
            MayHaveActed = mayHaveArrived,
        };

    /// <summary>A body that knows whether any of it was handed to a connection.</summary>
    private sealed class CallContent : HttpContent
    {
        private readonly byte[] _bytes;

        public CallContent(string form)
        {
            _bytes = Encoding.UTF8.GetBytes(form);
            if (_bytes.Length > 0)
                Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        public bool HasLeft { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            HasLeft = true;
            await stream.WriteAsync(_bytes);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
