using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>A list that QingCloud answers: which action gives it and how to read its rows.</summary>
internal sealed record Listing<TRow>(
    string Action, string IdsParameter, string RowsMember, string Verbose, string Noun, Func<JsonElement, TRow?> Read, Func<TRow, string> Id)
    where TRow : class;

/// <summary>The lists that this client reads.</summary>
internal static class Listings
{
    /// <summary>The most rows that one call gives, and the most ids that one call may ask for.</summary>
    public const int MaxRows = 100;

    public static Listing<Job> Jobs { get; } =
        new("DescribeJobs", "jobs", "job_set", "0", "job", JobReader.Read, job => job.Id);

    public static Listing<Cluster> Clusters { get; } =
        new("DescribeClusters", "clusters", "cluster_set", "1", "cluster", ClusterReader.Read, cluster => cluster.Id);
}

/// <summary>A page of a list.</summary>
internal sealed record Page<TRow>(IReadOnlyList<TRow> Rows, int NextOffset, bool IsLast, int? Total);

/// <summary>Reads lists: a page at a time, or the rows of given ids.</summary>
internal sealed class Describe(RetryingReads reads)
{
    public async Task<Page<TRow>> PageAsync<TRow>(
        Listing<TRow> listing, string zone, int offset, ReadTerms terms, CancellationToken cancellationToken)
        where TRow : class
    {
        var call = new ApiCall(listing.Action, zone, $"list of {listing.Noun}s")
            .With("limit", FormattableString.Invariant($"{Listings.MaxRows}"))
            .With("offset", FormattableString.Invariant($"{offset}"))
            .With("verbose", listing.Verbose);
        var answer = await reads.ReadAsync(call, terms, cancellationToken);
        var rows = answer.Items(listing.RowsMember).ToList();
        var next = offset + rows.Count;
        var total = answer.Number("total_count");
        var isLast = rows.Count == 0 || (total is { } all ? next >= all : rows.Count < Listings.MaxRows);
        return new Page<TRow>([.. rows.Select(listing.Read).OfType<TRow>()], next, isLast, total);
    }

    /// <summary>
    /// Reads the rows of these ids. Ids that QingCloud does not know are absent. One such id can make QingCloud refuse the whole
    /// call: the ids are then asked for in halves, so that the others are read all the same.
    /// </summary>
    public async Task<Dictionary<string, TRow>> RowsAsync<TRow>(
        Listing<TRow> listing, string zone, IReadOnlyCollection<string> ids, ReadTerms terms, CancellationToken cancellationToken)
        where TRow : class
    {
        var found = new Dictionary<string, TRow>(StringComparer.Ordinal);
        var open = new Stack<string[]>(ids.Distinct(StringComparer.Ordinal).Chunk(Listings.MaxRows));
        while (open.TryPop(out var asked))
        {
            try
            {
                foreach (var row in await AskAsync(listing, zone, asked, terms, cancellationToken))
                {
                    found[listing.Id(row)] = row;
                }
            }
            catch (QingCloudException e) when (TellsOfUnknown(e, asked))
            {
                foreach (var part in Split(asked, e))
                {
                    open.Push(part);
                }
            }
        }

        return found;
    }

    private async Task<IEnumerable<TRow>> AskAsync<TRow>(
        Listing<TRow> listing, string zone, string[] ids, ReadTerms terms, CancellationToken cancellationToken)
        where TRow : class
    {
        var subject = ids.Length == 1 ? $"{listing.Noun} {ids[0]}" : FormattableString.Invariant($"{ids.Length} {listing.Noun}s");
        var call = new ApiCall(listing.Action, zone, subject)
            .WithList(listing.IdsParameter, ids)
            .With("limit", FormattableString.Invariant($"{Listings.MaxRows}"))
            .With("verbose", listing.Verbose);
        var answer = await reads.ReadAsync(call, terms, cancellationToken);
        return answer.Items(listing.RowsMember)
            .Select(listing.Read)
            .OfType<TRow>()
            .Where(row => ids.Contains(listing.Id(row), StringComparer.Ordinal));
    }

    // Which code an unknown id gives is not published: 2100, or a wrong value whose message names the id.
    private static bool TellsOfUnknown(QingCloudException failure, string[] ids) =>
        failure.Kind == FailureKind.NotFound
        || (failure.Kind == FailureKind.InvalidRequest && ids.Any(id => Names(failure, id)));

    private static IEnumerable<string[]> Split(string[] ids, QingCloudException failure)
    {
        if (ids.Length == 1)
        {
            return [];
        }

        var named = ids.Where(id => Names(failure, id)).ToArray();
        return named.Length > 0 && named.Length < ids.Length
            ? [named, [.. ids.Except(named, StringComparer.Ordinal)]]
            : [ids[..(ids.Length / 2)], ids[(ids.Length / 2)..]];
    }

    private static bool Names(QingCloudException failure, string id) => failure.Said.Contains(id, StringComparison.Ordinal);
}
