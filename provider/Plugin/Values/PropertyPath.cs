using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>A path to a property: <c>source.host</c>, <c>tags["a.b"]</c>, <c>list[0]</c>, with <c>*</c> for any
/// element.</summary>
internal sealed partial record PropertyPath(ImmutableArray<string> Steps)
{
    private const string Name = @"(?<step>[^.\[]+)";
    private const string Bracket = """\[(?<step>"(?:[^"\\]|\\.)*"|[^"\]][^\]]*)\]""";

    /// <summary>The top-level property that the path leads into.</summary>
    public string Root => Steps.Length == 0 ? "" : Steps[0];

    /// <summary>Reads a path. Text that is no path is one step: the name of a property.</summary>
    public static PropertyPath Parse(string text) =>
        Path().Match(text) is { Success: true } path
            ? new PropertyPath([.. path.Groups["step"].Captures.Select(step => Unquoted(step.Value))])
            : new PropertyPath([text]);

    /// <summary>Whether what <paramref name="other"/> leads to is this path's target or lies within it.</summary>
    public bool Covers(PropertyPath other) =>
        Steps.Length > 0
        && Steps.Length <= other.Steps.Length
        && Steps
            .Zip(other.Steps)
            .All(pair => pair.First is "*" || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));

    private static string Unquoted(string step) => step[0] == '"' ? Escape().Replace(step[1..^1], "${next}") : step;

    [GeneratedRegex($@"\A(?:(?:{Name}|{Bracket})(?:\.{Name}|{Bracket})*)?\z", Flags, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"\\(?<next>.)", Flags, 1000)]
    private static partial Regex Escape();

    private const RegexOptions Flags = RegexOptions.Singleline | RegexOptions.ExplicitCapture;
}
