using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>One page of a list, as <c>limit</c> and <c>offset</c> ask for it.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Rows, int TotalCount)
{
    public JsonObject ToAnswer(string setName, Func<T, JsonObject> row) => new()
    {
        [setName] = new JsonArray([.. Rows.Select(row)]),
        ["total_count"] = TotalCount,
    };
}

internal static class Page
{
    private const int UsualRows = 20;
    private const int MaxRows = 100;

    public static Page<T> Of<T>(IReadOnlyList<T> all, Parameters parameters)
    {
        // More than a hundred is no error; it gives a hundred, and a client that believed otherwise misses the rest.
        var limit = Math.Min(parameters.Whole("limit", UsualRows, min: 0, int.MaxValue), MaxRows);
        var offset = parameters.Whole("offset", otherwise: 0, min: 0, int.MaxValue);
        return new Page<T>(all.Skip(offset).Take(limit).ToList(), all.Count);
    }
}
