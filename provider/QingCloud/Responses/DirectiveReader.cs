namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads from a job's directive the request that made it. A directive holds a password: nothing here is ever
/// quoted.</summary>
internal static class DirectiveReader
{
    /// <summary>The custom service that the job runs; null when the directive does not name it.</summary>
    public static ServiceRequest? Read(JsonElement job) =>
        job.Nested("directive") is { } directive && directive.Text("service") is { Length: > 0 } service
            ? new ServiceRequest(
                service,
                directive.Text("cluster") ?? directive.Text("cluster_id") ?? "",
                directive.Text("zone") ?? "",
                service == ServiceNames.StartStandby ? Link(directive.Nested("service_params")) : null
            )
            {
                Role = directive.Text("role") ?? "",
                ReadOnly = service == ServiceNames.SetReadOnly ? ReadOnly(directive.Nested("service_params")) : null,
                Sender = new Sender(
                    Given(directive.Text("req_id")),
                    directive.Text("signature") is { Length: > 0 } signature ? SecretText.Passing(signature) : null,
                    Secret(directive.Text("access_key_id")),
                    Given(directive.Nested("sender")?.Text("channel"))
                ),
            }
            : null;

    // The page's words are YES and NO, its example's and the console's ON and OFF.
    private static bool? ReadOnly(JsonElement? parameters) =>
        parameters?.Text("readonly")?.ToUpperInvariant() switch
        {
            "ON" or "YES" or "TRUE" or "1" => true,
            "OFF" or "NO" or "FALSE" or "0" => false,
            _ => null,
        };

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static SecretText? Secret(string? text) => string.IsNullOrEmpty(text) ? null : new SecretText(text);

    private static LinkParameters? Link(JsonElement? parameters) =>
        parameters is { } p
            ? new LinkParameters(
                p.Text("sync_way") ?? "",
                p.Text("zone") ?? "",
                p.Text("cluster_id") ?? "",
                p.Text("host") ?? "",
                p.Number("port") ?? 0,
                p.Text("user") ?? "",
                new SecretText(p.Text("password") ?? p.Text("passwd") ?? "")
            )
            : null;
}
