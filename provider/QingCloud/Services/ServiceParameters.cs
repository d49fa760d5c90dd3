using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Writes the <c>service_params</c> of <c>start_standby</c>.</summary>
internal static class ServiceParameters
{
    // The text is signed and percent-encoded afterwards: escaping for HTML as well would only lengthen it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parameters in the order of QingCloud's example, with the port as a number.</summary>
    public static string Write(LinkParameters link)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("sync_way", link.SyncWay);
            json.WriteString("zone", link.SourceZone);
            json.WriteString("host", link.Host);
            json.WriteString("cluster_id", link.SourceClusterId);
            json.WriteString("user", link.User);
            json.WriteString("password", link.Password.Reveal());
            json.WriteNumber("port", link.Port);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
