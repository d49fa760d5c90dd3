using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Benchmarks.Report;

/// <summary>Everything that one run measured.</summary>
internal sealed class Results(Machine machine)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly JsonArray _tables = [];

    public void Add(string part, Table table) =>
        _tables.Add(
            new JsonObject
            {
                ["part"] = part,
                ["title"] = table.Title,
                ["rows"] = new JsonArray([.. table.Rows.Select(row => RowOf(table.Columns, row))]),
            }
        );

    public string ToJson() =>
        new JsonObject
        {
            ["machine"] = JsonSerializer.SerializeToNode(machine, Indented),
            ["tables"] = _tables.DeepClone(),
        }.ToJsonString(Indented);

    private static JsonObject RowOf(IReadOnlyList<string> columns, object[] row)
    {
        var cells = new JsonObject();
        for (var column = 0; column < row.Length; column++)
            cells[columns[column]] = row[column] is double.NaN ? null : JsonValue.Create(row[column]);

        return cells;
    }
}
