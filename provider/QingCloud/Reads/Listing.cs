namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Which action lists rows of a kind, and how to read them.</summary>
internal sealed record RowKind<TRow>(
    string Action,
    string Noun,
    string IdsParameter,
    string RowsMember,
    string Verbose,
    Func<JsonElement, TRow?> Read,
    Func<TRow, string> Id
)
    where TRow : class;

internal sealed record Page<TRow>(IReadOnlyList<TRow> Rows, int NextOffset, bool IsLast, int? Total);

/// <summary>Reads a zone's rows of one kind: a page at a time, or by their ids.</summary>
internal sealed class Listing<TRow>(RowKind<TRow> kind, RetryingReads reads, string zone)
    where TRow : class
{
    /// <summary>The most rows that one call gives, and the most ids that one call may ask for.</summary>
    public const int MaxRows = 100;

    private HashSet<string> _unknown = [];

    public async Task<Page<TRow>> PageAsync(
        int offset,
        CallProgress progress,
        CancellationToken cancellationToken,
        string? action = null,
        int limit = MaxRows
    )
    {
        var call = Call($"list of {kind.Noun}s", limit)
            .With("offset", FormattableString.Invariant($"{offset}"))
            .With("job_action", action);
        var answer = await reads.ReadAsync(call, progress, cancellationToken);
        var rows = answer.Items(kind.RowsMember).ToList();
        var next = offset + rows.Count;
        var total = answer.Number("total_count");

        // A total that is too small must not end a list early: a full page is followed by another look.
        var isLast = rows.Count == 0 || (rows.Count < limit && !(total > next));
        return new Page<TRow>([.. rows.Select(kind.Read).OfType<TRow>()], next, isLast, total);
    }

    /// <summary>Reads the rows of these ids. Ids that QingCloud does not know are absent. One of them can make
    /// QingCloud refuse the whole call: those that were unknown the last time are asked for apart from the
    /// others.</summary>
    public async Task<Dictionary<string, TRow>> FindAsync(
        IReadOnlyCollection<string> ids,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, TRow>(StringComparer.Ordinal);
        var groups = ids.Distinct(StringComparer.Ordinal).GroupBy(_unknown.Contains);
        foreach (var part in groups.SelectMany(group => group.Chunk(MaxRows)))
            await FindAsync(part, found, progress, cancellationToken);

        _unknown = [.. ids.Except(found.Keys, StringComparer.Ordinal)];
        return found;
    }

    /// <summary>Where one call for all is refused because of an unknown id, they are asked for in two parts.</summary>
    private async Task FindAsync(
        string[] ids,
        Dictionary<string, TRow> found,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var subject = ids is [var id] ? $"{kind.Noun} {id}" : FormattableString.Invariant($"{ids.Length} {kind.Noun}s");
        try
        {
            var call = Call(subject, MaxRows).WithList(kind.IdsParameter, ids);
            var answer = await reads.ReadAsync(call, progress, cancellationToken);
            foreach (var row in answer.Items(kind.RowsMember).Select(kind.Read).OfType<TRow>())
                found[kind.Id(row)] = row;
        }
        catch (QingCloudException e) when (IsUnknown(e, ids))
        {
            foreach (var part in Split(ids, e))
                await FindAsync(part, found, progress, cancellationToken);
        }
    }

    private ApiCall Call(string subject, int limit) =>
        new ApiCall(kind.Action, zone, subject)
            .With("limit", FormattableString.Invariant($"{limit}"))
            .With("verbose", kind.Verbose);

    // Which code an unknown id gives is not published: 2100, or a wrong value whose message names the id.
    private static bool IsUnknown(QingCloudException failure, string[] ids) =>
        failure.Kind == FailureKind.NotFound
        || (failure.Kind == FailureKind.InvalidRequest && Array.Exists(ids, failure.Said.Contains));

    private static string[][] Split(string[] ids, QingCloudException failure)
    {
        var named = Array.FindAll(ids, failure.Said.Contains);
        return ids.Length == 1 ? []
            : named.Length > 0 && named.Length < ids.Length ? [named, [.. ids.Except(named, StringComparer.Ordinal)]]
            : [ids[..(ids.Length / 2)], ids[(ids.Length / 2)..]];
    }
}
