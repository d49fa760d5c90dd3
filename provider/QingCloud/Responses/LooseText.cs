using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>
/// Reads structured text in every form that QingCloud writes: JSON, a JSON string that holds JSON, a Python 2 literal, and each
/// of them inside straight or curly quotes.
/// </summary>
internal static class LooseText
{
    private const int MaxWrappings = 3;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Finds the object that the text stands for.</summary>
    public static bool TryReadObject(string text, [NotNullWhen(true)] out JsonElement? value)
    {
        value = Read(text, MaxWrappings);
        return value is not null;
    }

    private static JsonElement? Read(string text, int wrappings)
    {
        var trimmed = text.Trim().Trim('\ufeff').Trim();
        if (trimmed.Length == 0 || wrappings < 0)
        {
            return null;
        }

        if (trimmed[0] == '{')
        {
            return ReadJson(trimmed) ?? ReadPython(trimmed);
        }

        var inner = UnwrapJson(trimmed);
        return (inner is null ? null : Read(inner, wrappings - 1))
            ?? (IsQuoted(trimmed) ? Read(trimmed[1..^1], wrappings - 1) : null);
    }

    private static string? UnwrapJson(string text)
    {
        try
        {
            return JsonElement.Parse(text, Options) is { ValueKind: JsonValueKind.String } inner ? inner.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsQuoted(string text) => text.Length >= 2 && (text[0], text[^1]) is
        ('"', '"') or ('\'', '\'') or ('\u201c', '\u201d') or ('\u201d', '\u201d') or ('\u2018', '\u2019');

    private static JsonElement? ReadJson(string text)
    {
        try
        {
            return Checked(JsonElement.Parse(text, Options));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonElement? ReadPython(string text)
    {
        try
        {
            return Checked(JsonElement.Parse(PythonLiteral.ToJson(text).Span, Options));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    // JSON can spell half a surrogate pair, which no .NET text can hold: such a text fails when it is read, so it is tried here.
    private static JsonElement? Checked(JsonElement value)
    {
        try
        {
            Touch(value);
            return value;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Touch(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    Touch(property.Value);
                }

                break;
            default:
                break;
        }
    }
}
