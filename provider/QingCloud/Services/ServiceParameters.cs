using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Writes the <c>service_params</c> of a call.</summary>
internal static class ServiceParameters
{
    // The text is signed and percent-encoded afterwards: escaping for HTML as well would only lengthen it.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The parameters; null for a service without any.</summary>
    public static string? Write(ServiceCall call) =>
        call.Link is { } link ? Write(link)
        : call.ReadOnly is { } isReadOnly
            ? new JsonObject { ["readonly"] = isReadOnly ? "ON" : "OFF" }.ToJsonString(Options)
        : null;

    /// <summary>The parameters in the order of QingCloud's example, with the port as a number.</summary>
    public static string Write(LinkParameters link) =>
        new JsonObject
        {
            ["sync_way"] = link.SyncWay,
            ["zone"] = link.SourceZone,
            ["host"] = link.Host,
            ["cluster_id"] = link.SourceClusterId,
            ["user"] = link.User,
            ["password"] = link.Password.Reveal(),
            ["port"] = link.Port,
        }.ToJsonString(Options);
}
