using QingCloudMySqlStandby.Engine;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>This repository's, as a command.</summary>
internal sealed class ModelEngine(string program, IReadOnlyDictionary<string, string?> environment) : IHistoryEngine
{
    private const string Passphrase = "open sesame";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("model-");
    private readonly Dictionary<string, string?> _environment = new(environment)
    {
        ["PULUMI_CONFIG_PASSPHRASE"] = Passphrase,
    };

    private string StateFile => Path.Combine(_state.FullName, "state.json");

    public static Task<IHistoryEngine> StartAsync(string program, IReadOnlyDictionary<string, string?> environment) =>
        Task.FromResult<IHistoryEngine>(new ModelEngine(program, environment));

    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, Task? interrupt = null, Task? kill = null)
    {
        string[] words = command[0] == "import" ? [.. command, "--protect", "false"] : [.. command];
        return Command.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "engine"),
            [.. words, "--yes", "--state", StateFile],
            program,
            _environment,
            interrupt,
            kill
        );
    }

    public Task<IReadOnlyList<string>> StateAsync()
    {
        var stack = new StackOptions
        {
            Directory = program,
            StateFile = StateFile,
            Passphrase = Passphrase,
            Output = TextWriter.Null,
        };
        return Task.FromResult(StateLines.Of(new Stack(stack).ReadState()));
    }

    public ValueTask DisposeAsync()
    {
        _state.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
