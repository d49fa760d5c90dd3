using System.Globalization;
using System.Text;

namespace QingCloudMySqlStandby.Benchmarks.Report;

/// <summary>A table of measured values: strings, integers and doubles.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<object[]> _rows = [];

    public string Title => title;
    public IReadOnlyList<string> Columns => columns;
    public IReadOnlyList<object[]> Rows => _rows;

    public Table Add(params object[] cells)
    {
        _rows.Add(
            cells.Length == columns.Length
                ? cells
                : throw new ArgumentException("A cell for each column, " + "please.", nameof(cells))
        );
        return this;
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder().AppendLine(title).AppendLine();
        AppendRow(text, columns);
        AppendRow(text, columns.Select((_, column) => _rows.All(row => row[column] is string) ? "---" : "---:"));
        foreach (var row in _rows)
            AppendRow(text, row.Select(Shown));

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    /// <summary>Three digits that mean something.</summary>
    private static string Shown(object cell) =>
        cell switch
        {
            double.NaN => "",
            double value when value != 0 && Math.Abs(value) < 10 => value.ToString(
                "0.##",
                CultureInfo.InvariantCulture
            ),
            double value when Math.Abs(value) < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            double value => value.ToString("N0", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString("N0", CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };
}
