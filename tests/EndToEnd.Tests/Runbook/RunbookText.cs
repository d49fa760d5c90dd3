using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>Something that the runbook does: a command with the output it shows, or a direction to the test.</summary>
internal abstract record Act(string Where)
{
    /// <summary>A command of a ```console block, and the lines that follow it there.</summary>
    internal sealed record Command(string Where, string Text, IReadOnlyList<string> Expected) : Act(Where);

    /// <summary>A comment that readers do not see, <c>&lt;!-- word: text --&gt;</c>.</summary>
    internal sealed record Direction(string Where, string Word, string Text) : Act(Where);
}

/// <summary>Acts that begin with a new cloud and a new stack.</summary>
internal sealed record Scene(string Name, IReadOnlyList<Act> Acts);

/// <summary>Reads the scenes out of docs/failover.md and docs/commands.md.</summary>
internal static partial class RunbookText
{
    private static readonly string[] Pages = ["failover.md", "commands.md"];

    public static IReadOnlyList<Scene> Read()
    {
        var scenes = new List<(string Name, List<Act> Acts)>();
        foreach (var act in Pages.SelectMany(Acts))
        {
            if (act is Act.Direction { Word: "scene" } scene)
                scenes.Add((scene.Text, []));
            else
                scenes[^1].Acts.Add(act);
        }

        return [.. scenes.Select(scene => new Scene(scene.Name, scene.Acts))];
    }

    private static IEnumerable<Act> Acts(string page)
    {
        var lines = File.ReadAllLines(Repository.PathOf("docs", page));
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (DirectionLine().Match(line) is { Success: true } direction)
            {
                yield return new Act.Direction(
                    $"{page}:{i + 1}",
                    direction.Groups["word"].Value,
                    direction.Groups["text"].Value
                );
            }
            else if (line == "```console")
            {
                var block = lines.Skip(i + 1).Select(inner => inner.Trim()).TakeWhile(inner => inner != "```").ToList();
                foreach (var command in Commands(block, page, i + 2))
                    yield return command;

                i += block.Count + 1;
            }
        }
    }

    private static IEnumerable<Act.Command> Commands(List<string> block, string page, int firstLine)
    {
        for (var i = block.FindIndex(IsCommand); i >= 0 && i < block.Count; )
        {
            var shown = block.Skip(i + 1).TakeWhile(line => !IsCommand(line)).ToList();
            yield return new Act.Command($"{page}:{firstLine + i}", block[i][2..], shown);
            i += shown.Count + 1;
        }
    }

    private static bool IsCommand(string line) => line.StartsWith("$ ", StringComparison.Ordinal);

    [GeneratedRegex(@"^<!-- (?<word>[a-z ]+): (?<text>.+) -->$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DirectionLine();
}
