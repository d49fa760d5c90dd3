using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The ways in which QingCloud writes, or is documented to write, one and the same answer.</summary>
public enum BodyForm
{
    Json,

    /// <summary>A JSON string whose text is the JSON.</summary>
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

/// <summary>Which form the answers have: one for all, and others for single actions.</summary>
public sealed class BodyForms
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly BodyForm[] Mix = Enum.GetValues<BodyForm>().Where(form => form != BodyForm.Mixed).ToArray();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BodyForm> _byAction = new(StringComparer.Ordinal);
    private readonly Random _random;

    internal BodyForms(int seed) => _random = new Random(seed);

    public BodyForm Usual { get; set; } = BodyForm.Json;

    public void Set(string action, BodyForm form)
    {
        lock (_gate)
        {
            _byAction[action] = form;
        }
    }

    internal string Write(string action, JsonObject answer) => Pick(action) switch
    {
        BodyForm.Json => answer.ToJsonString(Readable),
        BodyForm.JsonString => JsonSerializer.Serialize(answer.ToJsonString(Readable), Readable),
        BodyForm.PythonDict => PythonLiteral.Write(answer, ", "),
        BodyForm.QuotedPythonDict => $"\"{PythonLiteral.Write(answer, ",\n ")}\"",
        BodyForm.CurlyQuotes => $"\u201C{answer.ToJsonString(Readable)}\u201D",
        _ => throw new InvalidOperationException("A mix picks one of the forms."),
    };

    private BodyForm Pick(string action)
    {
        lock (_gate)
        {
            var form = _byAction.GetValueOrDefault(action, Usual);
            return form == BodyForm.Mixed ? Mix[_random.Next(Mix.Length)] : form;
        }
    }
}
