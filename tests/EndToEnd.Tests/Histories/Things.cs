using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>The test plugin's things: every call that its provider gets is on record, so that a history shows what the
/// engine asked for and in which order it did.</summary>
internal sealed class Things : ISubject
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("things-");
    private readonly FileSystemWatcher _watcher;

    public Things()
    {
        _directory.CreateSubdirectory("things");
        _watcher = new FileSystemWatcher(_directory.FullName) { EnableRaisingEvents = true };
    }

    public string Package => "test";
    public string Type => "test:index:Thing";
    public string PluginDirectory => Repository.BuiltFor("TestPlugin");

    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?> { ["TEST_THINGS"] = _directory.FullName };

    private string Calls => Path.Combine(_directory.FullName, "calls");
    private string Faults => Path.Combine(_directory.FullName, "faults");

    public JsonObject PropertiesOf(IReadOnlyDictionary<string, string> settings) =>
        new(settings.Select(setting => KeyValuePair.Create(setting.Key, HistoryProgram.Value(setting.Value))));

    /// <summary><c>delete ID</c>, or <c>set ID KEY=VALUE</c>.</summary>
    public void DoAtConsole(string[] words)
    {
        var thing = Path.Combine(_directory.FullName, "things", words[1]);
        if (!File.Exists(thing))
            return;

        if (words[0] == "delete")
        {
            File.Move(thing, thing + ".gone");
            return;
        }

        var properties = JsonNode.Parse(File.ReadAllText(thing))!.AsObject();
        properties[words[2].Split('=')[0]] = HistoryProgram.Value(words[2].Split('=')[1]);
        File.WriteAllText(thing, properties.ToJsonString());
    }

    public void AddFault(string fault) => File.AppendAllText(Faults, fault + "\n");

    public async Task WhenAsync(string moment, Interference interference)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object sender, FileSystemEventArgs change)
        {
            if (change.Name == "calls" && Read().Contains($"reached {moment}"))
                reached.TrySetResult();
        }

        AddFault(
            $"{moment}={interference switch
        {
            Interference.KillBefore => "hang",
            Interference.KillAfter => "hang after",
            _ => "wait",
        }}"
        );
        _watcher.Changed += Look;
        await reached.Task;
        _watcher.Changed -= Look;
    }

    /// <summary>The calls for each resource, in their order; what is asked for different resources has an order by
    /// chance only.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        var calls = Read()
            .Where(line => !line.StartsWith("reached ", StringComparison.Ordinal))
            .ToLookup(line => line.Split(' ')[1].Split('@')[0]);
        File.Delete(Calls);
        File.Delete(Faults);
        return [.. calls.OrderBy(ofOne => ofOne.Key, StringComparer.Ordinal).SelectMany(InOrder)];
    }

    public ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Pulumi reads all at once in a refresh, and deletes all at once what was replaced: which of the states
    /// of one resource comes first is a matter of luck.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> ofOne)
    {
        var sorted = ofOne
            .GroupBy(Verb)
            .ToDictionary(calls => calls.Key, calls => new Queue<string>(calls.Order(StringComparer.Ordinal)));
        return ofOne.Select(call => Verb(call) is "Read" or "Delete" ? sorted[Verb(call)].Dequeue() : call);

        static string Verb(string call) => call.Split(' ')[0];
    }

    private string[] Read()
    {
        if (!File.Exists(Calls))
            return [];

        using var reader = new StreamReader(new FileStream(Calls, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
