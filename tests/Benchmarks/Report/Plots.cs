using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace QingCloudMySqlStandby.Benchmarks.Report;

/// <summary>Draws tables as SVG, without a background and in colours that can be read on white and on black.</summary>
internal static class Plots
{
    private const string Job = "10 min";
    private const string Other = "official .NET provider SDK";

    /// <summary>The first answer of a plugin on Pulumi's own .NET provider SDK, in times of a hello world on the same
    /// machine. It is not measured here: 293 to 340 ms against 29 ms were reported.</summary>
    private const double TimesOfOther = 10.9;

    private static readonly OxyColor Grey = OxyColor.FromRgb(0x80, 0x80, 0x80);
    private static readonly OxyColor Faint = OxyColor.FromArgb(0x50, 0x80, 0x80, 0x80);
    private static readonly OxyColor Ours = OxyColor.FromRgb(0x1f, 0x8a, 0xd6);
    private static readonly OxyColor Theirs = OxyColor.FromRgb(0xd9, 0x6b, 0x1a);

    /// <summary>Writes the plots of a part into a folder.</summary>
    public static void Write(string part, Table table, string folder)
    {
        foreach (var (name, plot) in Of(part, table))
        {
            using var file = File.Create(Path.Combine(folder, name));
            new SvgExporter
            {
                Width = 720,
                Height = 360,
                UseVerticalTextAlignmentWorkaround = true,
            }.Export(plot, file);
        }
    }

    private static IEnumerable<(string Name, PlotModel Plot)> Of(string part, Table table) =>
        part switch
        {
            "calls" => [("calls.svg", Calls(table))],
            "startup" when table.Rows.Count > 0 =>
            [
                (
                    "start.svg",
                    Bars(table, "times hello world", "first answer, in times of hello world", (Other, TimesOfOther))
                ),
                ("memory.svg", Bars(table, "MB", "peak memory at the first answer, MB")),
            ],
            _ => [],
        };

    private static PlotModel Calls(Table table)
    {
        var plot = New();
        plot.Axes.Add(Logarithmic(AxisPosition.Bottom, $"links that wait for jobs of {Job}"));
        plot.Axes.Add(Logarithmic(AxisPosition.Left, "polls"));
        AddLine(plot, table, "shared", "this provider", Ours);
        AddLine(plot, table, "fixed 5 s", "each link polled every 5 s", Theirs);
        return plot;
    }

    private static void AddLine(PlotModel plot, Table table, string waiter, string title, OxyColor color)
    {
        var line = new LineSeries
        {
            Color = color,
            MarkerType = MarkerType.Circle,
            MarkerFill = color,
        };
        line.Points.AddRange(
            table
                .Rows.Where(row =>
                    Text(table, row, "job") == Job
                    && Text(table, row, "waiter").StartsWith(waiter, StringComparison.Ordinal)
                )
                .Select(row => new DataPoint(Number(table, row, "links"), Number(table, row, "polls")))
        );
        plot.Series.Add(line);
        plot.Annotations.Add(
            new TextAnnotation
            {
                Text = title,
                TextColor = color,
                TextPosition = line.Points[^2],
                TextHorizontalAlignment = HorizontalAlignment.Right,
                Offset = new ScreenVector(-12, -8),
                Stroke = OxyColors.Undefined,
                ClipByXAxis = false,
                ClipByYAxis = false,
            }
        );
    }

    private static PlotModel Bars(Table table, string column, string title, params (string Name, double Value)[] others)
    {
        var bars = table
            .Rows.Select(row => (Name: Text(table, row, "process"), Value: Number(table, row, column)))
            .Concat(others)
            .Reverse()
            .ToList();
        var plot = New();
        plot.PlotMargins = new OxyThickness(230, double.NaN, double.NaN, double.NaN);
        var names = bars.Select(bar => bar.Name);
        plot.Axes.Add(Plain(new CategoryAxis { Position = AxisPosition.Left, ItemsSource = names }));
        var values = new LinearAxis
        {
            Position = AxisPosition.Bottom,
            AbsoluteMinimum = 0,
            MaximumPadding = 0.12,
        };
        values.Title = title;
        plot.Axes.Add(Plain(values));
        plot.Series.Add(
            new BarSeries
            {
                FillColor = Ours,
                LabelFormatString = "{0:0.#}",
                LabelMargin = 6,
                TextColor = Grey,
                ItemsSource = bars.Select(bar => new BarItem(bar.Value) { Color = bar.Name == Other ? Theirs : Ours }),
            }
        );
        return plot;
    }

    private static PlotModel New() =>
        new()
        {
            PlotAreaBorderColor = Faint,
            TextColor = Grey,
            DefaultFontSize = 13,
        };

    private static Axis Logarithmic(AxisPosition position, string title) =>
        Plain(
            new LogarithmicAxis
            {
                Position = position,
                Title = title,
                StringFormat = "#,0",
                MinimumPadding = 0.05,
            }
        );

    private static Axis Plain(Axis axis)
    {
        axis.AxisTitleDistance = 12;
        axis.TicklineColor = axis.AxislineColor = Grey;
        axis.MajorGridlineColor = Faint;
        axis.MajorGridlineStyle = axis is CategoryAxis ? LineStyle.None : LineStyle.Solid;
        return axis;
    }

    private static string Text(Table table, object[] row, string column) => (string)Cell(table, row, column);

    private static double Number(Table table, object[] row, string column) =>
        Convert.ToDouble(Cell(table, row, column), CultureInfo.InvariantCulture);

    private static object Cell(Table table, object[] row, string column) => row[table.Columns.ToList().IndexOf(column)];
}
