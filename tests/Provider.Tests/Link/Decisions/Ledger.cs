using System.Globalization;
using System.Text;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Counts what is decided or read, in how many cases, and compares that with what was approved: a change of any
/// decision shows in the review as a line that has changed.</summary>
internal sealed class Ledger(string name)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a case.</summary>
    public void Add(string line) => _counts[line] = _counts.GetValueOrDefault(line) + 1;

    /// <summary>Compares with the approved ledger. <c>LEDGERS</c> names a folder to which the new one is written, to be
    /// reviewed and committed.</summary>
    public void RequireApproved()
    {
        var lines = _counts
            .OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}: {each.Value}"))
            .ToList();
        if (Environment.GetEnvironmentVariable("LEDGERS") is { Length: > 0 } folder)
            File.WriteAllLines(Path.Join(folder, name), lines);

        var approved = Approved();
        var changes = lines
            .Except(approved)
            .Select(line => $"+ {line}")
            .Concat(approved.Except(lines).Select(line => $"- {line}"));
        Assert.True(lines.SequenceEqual(approved), $"{name} has changed:\n{string.Join('\n', changes.Take(40))}");
    }

    private List<string> Approved()
    {
        using var stream = typeof(Ledger).Assembly.GetManifestResourceStream(name) ?? Stream.Null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
    }
}
