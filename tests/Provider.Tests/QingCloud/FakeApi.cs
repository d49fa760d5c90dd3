using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What a fake API is asked: the form of one call.</summary>
internal sealed record Asked(HttpRequestMessage Request, IReadOnlyDictionary<string, string> Form, DateTimeOffset At)
{
    public string Action => Form["action"];

    public IReadOnlyList<string> List(string name) =>
        [
            .. Enumerable
                .Range(1, 200)
                .Select(n => Form.GetValueOrDefault($"{name}.{n}"))
                .TakeWhile(v => v is not null)
                .OfType<string>(),
        ];
}

/// <summary>Stands where the network would: answers calls as a test says and keeps what it was asked.</summary>
internal sealed class FakeApi(TimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<Asked, Task<HttpResponseMessage>>> _next = new();

    public List<Asked> Calls { get; } = [];

    /// <summary>Answers whatever has no answer queued for it.</summary>
    public Func<Asked, Task<HttpResponseMessage>> Otherwise { get; set; } =
        _ => throw new InvalidOperationException("unexpected " + "call");

    public TimeSpan ServerClockOffset { get; set; }
    public bool SendsDate { get; set; } = true;

    public FakeApi Then(Func<Asked, Task<HttpResponseMessage>> answer)
    {
        _next.Enqueue(answer);
        return this;
    }

    public FakeApi Then(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Then(_ => Task.FromResult(Answer(body, status)));

    public FakeApi ThenFail(Exception failure) => Then(_ => Task.FromException<HttpResponseMessage>(failure));

    public HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        response.Headers.Date = SendsDate ? time.GetUtcNow() + ServerClockOffset : null;
        return response;
    }

    public static HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, "Connection refused " + "(api.test:443)");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = _next.Count > 0 ? _next.Dequeue() : Otherwise;
        var text =
            request.Method == HttpMethod.Get && request.RequestUri!.Query.Length > 1
                ? request.RequestUri.Query[1..]
                : await (request.Content?.ReadAsStringAsync(cancellationToken) ?? Task.FromResult(""));
        var form =
            request.RequestUri!.Host == "169.254.169.254"
                ? []
                : text.Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(p => p.Split('=', 2))
                    .ToDictionary(
                        p => Uri.UnescapeDataString(p[0]),
                        p => Uri.UnescapeDataString(p[1]),
                        StringComparer.Ordinal
                    );
        var asked = new Asked(request, form, time.GetUtcNow());
        lock (Calls)
        {
            Calls.Add(asked);
        }

        return await answer(asked).WaitAsync(cancellationToken);
    }
}
