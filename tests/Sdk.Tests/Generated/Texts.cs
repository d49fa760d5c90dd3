using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace QingCloudMySqlStandby.Sdk.Tests.Generated;

/// <summary>What an SDK's documentation says.</summary>
internal static partial class Texts
{
    /// <summary>The summary of each declaration that has one, by the declaration's name.</summary>
    public static Dictionary<string, string> Read(string path)
    {
        var members = XDocument
            .Load(Path.ChangeExtension(path, ".xml"))
            .Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
        return members
            .Select(member =>
                (
                    member.Key,
                    Text: Text(
                        members.GetValueOrDefault(
                            (string?)member.Value.Element("inheritdoc")?.Attribute("cref") ?? "",
                            member.Value
                        )
                    )
                )
            )
            .Where(member => member.Text.Length > 0)
            .ToDictionary(member => member.Key, member => member.Text, StringComparer.Ordinal);
    }

    /// <summary>How a text is broken into lines does not matter, nor that code is marked here as XML documentation marks
    /// it, where Pulumi leaves Markdown's marks. Pulumi leaves the examples in every language, and the
    /// marks around them, in the text of a function.</summary>
    private static string Text(XElement member)
    {
        var summary = new XElement("summary", member.Element("summary")?.Nodes());
        foreach (var code in summary.Descendants("c").ToList())
            code.ReplaceWith($"`{code.Value}`");
        foreach (var block in summary.Descendants("code").ToList())
            block.ReplaceWith($"```{(string?)block.Attribute("lang")}\n{block.Value}```");

        return Space().Replace(ForOthers().Replace(summary.Value, ""), " ").Trim();
    }

    [GeneratedRegex("{{%.*?%}}|```(?:yaml|typescript|python|go|java)\\n.*?```", RegexOptions.Singleline)]
    private static partial Regex ForOthers();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
