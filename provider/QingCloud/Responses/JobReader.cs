namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads a row of <c>DescribeJobs</c>.</summary>
internal static class JobReader
{
    private const int MostOfStatus = 100;
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\n', '[', ']', '"', '\''];

    /// <summary>The job; null when the row has no id.</summary>
    public static Job? Read(JsonElement row)
    {
        if (row.Text("job_id") is not { Length: > 0 } id)
            return null;

        var action = row.Text("job_action") ?? "";
        var status = row.Text("status") ?? "";

        // First of all: the secrets of the directive may stand in the job's errors as well.
        var request = action == JobKinds.CustomService ? DirectiveReader.Read(row) : null;
        var created = row.Time("create_time");
        var changed = row.Time("status_time");
        return new Job(
            id,
            action,
            Status(status),
            Sanitizer.Clean(status, MostOfStatus),
            created ?? changed ?? DateTimeOffset.UnixEpoch,
            changed ?? created ?? DateTimeOffset.UnixEpoch,
            ErrorCodes(row.Member("error_codes")),
            ResourceIds(row.Member("resource_ids")),
            request
        )
        {
            Owner = row.Text("owner") is { Length: > 0 } owner ? owner : null,
        };
    }

    private static JobStatus Status(string raw) =>
        raw.Trim().Replace('_', ' ').ToLowerInvariant() switch
        {
            "pending" => JobStatus.Pending,
            "successful" => JobStatus.Successful,
            "failed" or "done with failure" => JobStatus.Failed,
            _ => JobStatus.Working,
        };

    private static string ErrorCodes(JsonElement? codes)
    {
        IEnumerable<JsonElement> listed =
            codes is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray()
            : codes is { } one ? [one]
            : [];
        var text = string.Join(", ", listed.Select(code => code.AsText() ?? code.GetRawText()));
        return text is "[]" or "{}" ? "" : Sanitizer.Clean(text, 500);
    }

    private static string[] ResourceIds(JsonElement? ids) =>
        ids switch
        {
            { ValueKind: JsonValueKind.Array } list =>
            [
                .. list.EnumerateArray().Select(i => i.AsText()).OfType<string>(),
            ],
            { ValueKind: JsonValueKind.Object } named => [.. named.EnumerateObject().Select(p => p.Name)],
            { ValueKind: JsonValueKind.String } text => text.GetString()!
                .Split(Separators, StringSplitOptions.RemoveEmptyEntries),
            _ => [],
        };
}
