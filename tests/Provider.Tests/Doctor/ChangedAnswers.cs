using System.Text;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>Changes what the simulator answers to one action, so that one guess about QingCloud is wrong.</summary>
internal sealed class ChangedAnswers(string action, Action<JsonObject> change)
    : DelegatingHandler(new SocketsHttpHandler())
{
    public static ChangedAnswers None => new("", _ => { });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var form = await request.Content!.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (action.Length > 0 && form.Contains($"action={action}&", StringComparison.Ordinal))
        {
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            change(answer);
            response.Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return response;
    }
}
