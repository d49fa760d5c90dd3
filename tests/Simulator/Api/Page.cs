using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>One page of a list, as <c>limit</c> and <c>offset</c> ask for it.</summary>
internal static class Page
{
    private const int UsualRows = 20;
    private const int MaxRows = 100;

    public static JsonObject Of<T>(string setName, IReadOnlyList<T> all, Parameters parameters, Func<T, JsonObject> row)
    {
        // More than a hundred is no error; it gives a hundred, and a client that believed otherwise misses the rest.
        var limit = Math.Min(parameters.Integer("limit", UsualRows), MaxRows);
        var offset = parameters.Integer("offset", otherwise: 0);
        return new JsonObject
        {
            [setName] = new JsonArray([.. all.Skip(offset).Take(limit).Select(row)]),
            ["total_count"] = all.Count,
        };
    }
}
