namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Plays a history on an engine, and records what came of each command: its end, the state, and the
/// calls.</summary>
internal sealed class Player : IAsyncDisposable
{
    private static readonly string[] Runs = ["up", "preview", "refresh", "destroy", "import"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("history-");
    private readonly List<string> _story = [];
    private readonly ISubject _subject;
    private readonly HistoryProgram _program;
    private IHistoryEngine _engine = null!;
    private (Interference Kind, string[] Moment, Task When)? _interference;

    private Player(ISubject subject) => (_subject, _program) = (subject, new HistoryProgram(subject));

    /// <summary>Makes an engine's stack in a directory.</summary>
    public delegate Task<IHistoryEngine> Start(string program, IReadOnlyDictionary<string, string?> environment);

    public static async Task<IReadOnlyList<string>> PlayAsync(string history, ISubject subject, Start start)
    {
        await using var player = new Player(subject);
        player.Write();
        player._engine = await start(player._directory.FullName, subject.Environment);
        foreach (var step in history.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await player.TakeAsync(step.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        return player._story;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _subject.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private Task TakeAsync(string[] words)
    {
        switch (words[0])
        {
            case "set":
                _program.Set(words[1], words[2..]);
                break;
            case "drop":
                _program.Drop(words[1]);
                break;
            case "rename":
                _program.Rename(words[1], words[2]);
                break;
            case "console":
                _subject.DoAtConsole(words[1..]);
                break;
            case "fault":
                _subject.AddFault(string.Join(' ', words[1..]));
                break;
            case "interrupt":
                Interfere(Interference.Interrupt, words[1..]);
                break;
            case "kill":
                Interfere(words[1] == "before" ? Interference.KillBefore : Interference.KillAfter, words[2..]);
                break;
            default:
                return RunAsync(words);
        }

        return Task.CompletedTask;
    }

    private void Interfere(Interference kind, string[] moment) =>
        _interference = (kind, moment, _subject.WhenAsync(string.Join(' ', moment), kind));

    private async Task RunAsync(string[] words)
    {
        Write();
        // What is imported has a type, too.
        words = words[0] == "import" ? [words[0], _subject.Type, .. words[1..]] : words;
        List<string> command = [.. words.Select(word => word[0] == '@' ? _program.Urn(word[1..]) : word)];
        if (words[0] is "up" or "refresh" or "destroy" && !command.Remove("--previewed"))
            command.Add("--skip-preview");

        var interference = _interference;
        _interference = null;
        var result = interference is { } disturbed
            ? await _engine.RunAsync(
                command,
                disturbed.Kind == Interference.Interrupt ? disturbed.When : null,
                disturbed.Kind == Interference.Interrupt ? null : disturbed.When
            )
            : await _engine.RunAsync(command);
        Record(string.Join(' ', words), result, interference?.Kind);
        _story.AddRange(await _engine.StateAsync());
        if (!Runs.Contains(words[0]))
            return;

        var calls = _subject.TakeCalls();
        if (interference is { Kind: not Interference.Interrupt, Moment: ["Read", var read] })
        {
            // All reads run at once: how far the others have come when everything is killed is a matter of luck.
            calls = [.. calls.Where(call => call.Split(' ')[1] == read)];
        }

        _story.AddRange(calls.Select(call => $"  {call}"));
    }

    private void Record(string command, CommandResult result, Interference? interference)
    {
        var end =
            interference is Interference.KillBefore or Interference.KillAfter ? "was killed"
            : result.ExitCode == 0 ? "succeeded"
            : "failed";
        _story.Add($"{command}: {end}");
        TestContext.Current.SendDiagnosticMessage($"{command}: {end}\n{result.All}");
    }

    private void Write() => File.WriteAllText(Path.Combine(_directory.FullName, "Pulumi.yaml"), _program.ToYaml());
}
