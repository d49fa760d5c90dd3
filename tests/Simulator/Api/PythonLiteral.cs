using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Writes a value as Python 2's <c>repr</c> does.</summary>
internal static class PythonLiteral
{
    public static string Write(JsonNode? value, string comma)
    {
        var text = new StringBuilder();
        Append(text, value, comma);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? value, string comma)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case JsonObject dictionary:
                AppendAll(text, '{', dictionary, '}', comma, (name, item) => Append(AppendText(text, name).Append(": "), item, comma));
                break;
            case JsonArray list:
                AppendAll(text, '[', list.Select(item => KeyValuePair.Create("", item)), ']', comma, (_, item) => Append(text, item, comma));
                break;
            default:
                AppendScalar(text, value);
                break;
        }
    }

    private static void AppendAll(
        StringBuilder text,
        char open,
        IEnumerable<KeyValuePair<string, JsonNode?>> items,
        char close,
        string comma,
        Action<string, JsonNode?> append)
    {
        text.Append(open);
        var first = true;
        foreach (var (name, item) in items)
        {
            text.Append(first ? "" : comma);
            append(name, item);
            first = false;
        }

        text.Append(close);
    }

    private static void AppendScalar(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendText(text, value.GetValue<string>());
                break;
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    // Single quotes, unless the text has some and no double ones.
    private static StringBuilder AppendText(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append('u').Append(quote);
        foreach (var rune in value.EnumerateRunes())
        {
            AppendRune(text, rune, quote);
        }

        return text.Append(quote);
    }

    private static void AppendRune(StringBuilder text, Rune rune, char quote) => _ = rune.Value switch
    {
        '\\' => text.Append("\\\\"),
        '\n' => text.Append("\\n"),
        '\r' => text.Append("\\r"),
        '\t' => text.Append("\\t"),
        var value when value == quote => text.Append('\\').Append(quote),
        < 0x20 or (>= 0x7F and <= 0xFF) => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
        <= 0x7E => text.Append((char)rune.Value),
        <= 0xFFFF => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
    };
}
