using System.Text;

namespace QingCloudMySqlStandby.Sdk.Tests.Schema;

/// <summary>The Markdown of descriptions: texts, and examples in several languages.</summary>
internal static class Descriptions
{
    private const string Fence = "```";

    /// <summary>A description without the marks around examples, and without the examples in other languages than
    /// C#.</summary>
    public static string ForCSharp(string description)
    {
        var text = new StringBuilder();
        foreach (var block in Blocks(description).Where(block => block.Language is "" or "csharp" or "sh"))
            text.Append(block.Text);

        return text.ToString();
    }

    /// <summary>The examples of a description: each language with its code.</summary>
    public static IEnumerable<(string Language, string Code)> Examples(string description) => Blocks(description)
        .Where(block => block.Language.Length > 0)
        .Select(block => (block.Language, string.Join('\n', block.Text.Split('\n')[1..^2]) + "\n"));

    private static IEnumerable<(string Language, string Text)> Blocks(string description)
    {
        var language = "";
        var text = new StringBuilder();
        foreach (var line in description.Split('\n'))
        {
            if (line.StartsWith("{{%", StringComparison.Ordinal))
                continue;

            var isFence = line.StartsWith(Fence, StringComparison.Ordinal);
            if (isFence && language.Length == 0)
            {
                yield return ("", text.ToString());
                text.Clear();
                language = line[Fence.Length..].Trim();
            }

            text.Append(line).Append('\n');
            if (isFence && line.Trim() == Fence)
            {
                yield return (language, text.ToString());
                text.Clear();
                language = "";
            }
        }

        yield return (language, text.ToString());
    }
}
