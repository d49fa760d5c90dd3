using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The ways in which QingCloud writes, or is documented to write, one and the same answer.</summary>
public enum BodyForm
{
    Json,

    /// <summary>A JSON string that holds the JSON.</summary>
    JsonString,

    /// <summary><c>{u'ret_code': 0}</c></summary>
    PythonDict,

    /// <summary>The same inside quotes, over several lines, as the documentation of start_standby prints it.</summary>
    QuotedPythonDict,

    /// <summary>JSON between curly quotes.</summary>
    CurlyQuotes,

    /// <summary>One of the others each time, by the seed.</summary>
    Mixed,
}

/// <summary>Writes answers in each of the forms.</summary>
internal static class BodyForms
{
    public static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(JsonObject answer, BodyForm form, Random random) =>
        form switch
        {
            BodyForm.Json => answer.ToJsonString(Readable),
            BodyForm.JsonString => JsonSerializer.Serialize(answer.ToJsonString(Readable), Readable),
            BodyForm.PythonDict => PythonLiteral.Write(answer, ", "),
            BodyForm.QuotedPythonDict => $"\"{PythonLiteral.Write(answer, ",\n ")}\"",
            BodyForm.CurlyQuotes => $"\u201C{answer.ToJsonString(Readable)}\u201D",
            _ => Write(answer, (BodyForm)random.Next((int)BodyForm.Mixed), random),
        };
}
