namespace QingCloudMySqlStandby.Link.Schema;

/// <summary>Times as the state file and the messages hold them: UTC, to the second, in QingCloud's own form.</summary>
internal static class Timestamp
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;

    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            Form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>Reads an instant as a program may write it: RFC 3339, such as 2026-11-30T14:00:00Z. Null for anything
    /// else.</summary>
    public static DateTimeOffset? ReadInstant(string? text) =>
        text is { Length: >= 20 }
        && text[10] is 'T' or 't'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
