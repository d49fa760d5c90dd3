namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads members of an answer whose kinds differ from page to page of QingCloud's documentation.</summary>
internal static class JsonReading
{
    /// <summary>A member; null when it is missing or null, or when this is no object.</summary>
    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A member as text; numbers and Booleans are written out.</summary>
    public static string? Text(this JsonElement parent, string name) => parent.Member(name)?.AsText();

    /// <summary>This as text; null for objects, lists and null.</summary>
    public static string? AsText(this JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    /// <summary>A member as an integer, which may be written as text.</summary>
    public static int? Number(this JsonElement parent, string name) =>
        int.TryParse(parent.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>This as a number, which may be written as text; null where it is none.</summary>
    public static double? AsNumber(this JsonElement value) =>
        double.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A member's items; none when it is missing or no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A member that is an object, or a text that holds one.</summary>
    public static JsonElement? Nested(this JsonElement parent, string name) =>
        parent.Member(name) switch
        {
            { ValueKind: JsonValueKind.Object } value => value,
            { ValueKind: JsonValueKind.String } text => LooseText.ReadObject(text.GetString()!),
            _ => null,
        };

    /// <summary>A member as a time in UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement parent, string name) =>
        DateTimeOffset.TryParse(
            parent.Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
