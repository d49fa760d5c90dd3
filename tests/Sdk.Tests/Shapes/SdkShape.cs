using System.Text;

namespace QingCloudMySqlStandby.Sdk.Tests.Shapes;

/// <summary>What a user of the SDK can see: a line for each type, member, attribute, default, secret and description,
/// by its name. Two SDKs of the same shape can take each other's place.</summary>
internal sealed class SdkShape
{
    private readonly SortedDictionary<string, string> _lines = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Lines => _lines;

    public void Add(string name, string line) => _lines[name] = line;

    /// <summary>A description; how it is broken into lines does not matter.</summary>
    public void AddText(string name, string text) =>
        _lines[name + " text"] = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How the shapes differ; a description is compared where the expected shape has one.</summary>
    public IEnumerable<string> DifferencesFrom(SdkShape expected, string expectedName) =>
        expected.Lines.Keys.Union(_lines.Keys).Order(StringComparer.Ordinal)
            .Select(name => (
                Name: name, Is: _lines.GetValueOrDefault(name), Expected: expected.Lines.GetValueOrDefault(name)))
            .Where(line => line.Is != line.Expected && (line.Expected is not null || !line.Name.EndsWith(" "
                + "text", StringComparison.Ordinal)))
            .Select(line => $"{line.Name}: is {Show(line.Is)}, in {expectedName} {Show(line.Expected)}");

    public override string ToString() => _lines
        .Aggregate(new StringBuilder(), (text, line) => text.AppendLine($"{line.Key}: {line.Value}")).ToString();

    private static string Show(string? line) => line is null ? "not there" : $"'{line}'";
}
