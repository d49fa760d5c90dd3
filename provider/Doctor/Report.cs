using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>Writes an examination as JSON, fit for a bug report: no secrets, and no ids.</summary>
internal static class Report
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Examination examination, string version, string zone, DateTimeOffset at)
    {
        var names = new Pseudonyms();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("at", Timestamp.Of(at));
            json.WriteString("zone", zone);
            Write(json, examination.Traits);
            json.WriteStartArray("findings");
            foreach (var finding in examination.Findings)
                Write(json, finding, names);

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Traits traits)
    {
        json.WriteStartObject("traits");
        json.WriteString("jobAction", traits.JobAction.ToString());
        if (traits.HasDirectives is { } readable)
            json.WriteBoolean("hasDirectives", readable);

        if (traits.Echoes is { } echoes)
        {
            json.WriteStartArray("echoes");
            foreach (var name in echoes)
                json.WriteStringValue(name);

            json.WriteEndArray();
        }

        if (traits.HidesPasswords is { } hides)
            json.WriteBoolean("hidesPasswords", hides);

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, Pseudonyms names)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("verdict", Table.Word(finding.Verdict));
        json.WriteString("seen", names.Apply(finding.Seen));
        json.WriteString("meaning", names.Apply(finding.Meaning));
        json.WriteEndObject();
    }
}
