using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>The zones whose reads are refused, and with which ret_code.</summary>
internal sealed class Obstructions
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    public void Set(string zone, int? code)
    {
        if (code is { } refused)
            _codes[zone] = refused;
        else
            _codes.Remove(zone);
    }

    /// <summary>The ret_code for a call with these parameters; null: it goes through.</summary>
    public int? CodeFor(string parameters)
    {
        var pairs = parameters.Split('&');
        return pairs.Any(pair => pair.StartsWith("action=Describe", StringComparison.Ordinal))
            ? _codes.Where(each => pairs.Contains("zone=" + each.Key)).Select(each => (int?)each.Value).FirstOrDefault()
            : null;
    }
}

/// <summary>A way to the API on which the reads of some zones are refused.</summary>
internal sealed class ObstructedNetwork(HttpMessageHandler network, Obstructions obstructions)
    : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var parameters = request.Content is null
            ? request.RequestUri!.Query.TrimStart('?')
            : await request.Content.ReadAsStringAsync(cancellationToken);
        return obstructions.CodeFor(parameters) is { } code
            ? Refusal(code)
            : await base.SendAsync(request, cancellationToken);
    }

    private static HttpResponseMessage Refusal(int code) =>
        new(HttpStatusCode.OK)
        {
            Content = new StringContent(
                $$"""{"ret_code": {{code}}, "message": "a read that the trial refuses"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
}
