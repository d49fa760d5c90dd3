namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads structured text in every form that QingCloud writes: JSON, a JSON string that holds JSON, a Python 2
/// literal, and each of them inside straight or curly quotes.</summary>
internal static class LooseText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The object that the text stands for; null when it stands for none.</summary>
    public static JsonElement? ReadObject(string text, int wrappings = 3)
    {
        var trimmed = text.Trim().Trim('\ufeff').Trim();
        if (trimmed.Length == 0 || wrappings < 0)
            return null;
        if (trimmed[0] == '{')
            return Parse(trimmed, Json) ?? Parse(trimmed, PythonLiteral.Parse);

        return (
                Parse(trimmed, Json) is { ValueKind: JsonValueKind.String } inner
                    ? ReadObject(inner.GetString()!, wrappings - 1)
                    : null
            ) ?? (IsQuoted(trimmed) ? ReadObject(trimmed[1..^1], wrappings - 1) : null);
    }

    private static bool IsQuoted(string text) =>
        text.Length >= 2
        && (text[0], text[^1])
            is
                ('"', '"')
                or
                ('\'', '\'')
                or
                ('\u201c', '\u201d')
                or
                ('\u201d', '\u201d')
                or
                ('\u2018', '\u2019');

    private static JsonElement Json(string text) => JsonElement.Parse(text, Options);

    private static JsonElement? Parse(string text, Func<string, JsonElement> parse)
    {
        try
        {
            var value = parse(text);
            if (text.Contains("\\u", StringComparison.Ordinal))
            {
                // JSON can spell half a surrogate pair, which no .NET string can hold: that fails when it is read, so
                // it is tried here.
                using var writer = new Utf8JsonWriter(Stream.Null);
                value.WriteTo(writer);
            }

            return value;
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
