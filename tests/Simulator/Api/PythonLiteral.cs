using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Writes a value as Python 2's <c>repr</c> does.</summary>
internal static class PythonLiteral
{
    public static string Write(JsonNode? value, string comma) =>
        value switch
        {
            null => "None",
            JsonObject dictionary => "{"
                + string.Join(comma, dictionary.Select(item => $"{Text(item.Key)}: {Write(item.Value, comma)}"))
                + "}",
            JsonArray list => "[" + string.Join(comma, list.Select(item => Write(item, comma))) + "]",
            _ => Scalar(value),
        };

    private static string Scalar(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.String => Text(value.GetValue<string>()),
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            _ => value.ToJsonString(),
        };

    // Single quotes, unless the string has some and no double ones.
    private static string Text(string value)
    {
        var quote =
            value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal)
                ? '"'
                : '\'';
        return $"u{quote}{string.Concat(value.EnumerateRunes().Select(rune => Escaped(rune, quote)))}{quote}";
    }

    private static string Escaped(Rune rune, char quote) =>
        rune.Value switch
        {
            '\\' => @"\\",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            var value when value == quote => $@"\{quote}",
            < 0x20 or (>= 0x7F and <= 0xFF) => $@"\x{rune.Value:x2}",
            <= 0x7E => rune.ToString(),
            <= 0xFFFF => $@"\u{rune.Value:x4}",
            _ => $@"\U{rune.Value:x8}",
        };
}
