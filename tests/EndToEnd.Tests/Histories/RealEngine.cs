using System.Text.Json.Nodes;
using QingCloudMySqlStandby.EndToEnd.Tests.Engines;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Pulumi's own.</summary>
internal sealed class RealEngine(
    string program,
    PulumiCommandLine pulumi,
    IReadOnlyDictionary<string, string?> environment
) : IHistoryEngine
{
    /// <summary>Pulumi's has no keys of QingCloud: the subject's come first.</summary>
    private readonly Dictionary<string, string?> _environment = environment
        .Concat(pulumi.Environment)
        .DistinctBy(variable => variable.Key)
        .ToDictionary();

    public static async Task<IHistoryEngine> StartAsync(
        string program,
        IReadOnlyDictionary<string, string?> environment
    ) => new RealEngine(program, await PulumiCommandLine.StartAsync(program), environment);

    public Task<CommandResult> RunAsync(IReadOnlyList<string> command, Task? interrupt = null, Task? kill = null)
    {
        string[] words = command[0] switch
        {
            "taint" or "unprotect" => ["state", .. command, "--yes"],
            "import" => [.. command, "--yes", "--skip-preview", "--protect=false", "--generate-code=false"],
            "preview" => [.. command],
            _ => [.. command, "--yes"],
        };
        return Command.RunAsync(
            "pulumi",
            [.. words, "--non-interactive", "--stack", "dev"],
            program,
            _environment,
            interrupt,
            kill
        );
    }

    public async Task<IReadOnlyList<string>> StateAsync()
    {
        var text = await Command.CheckAsync(
            "pulumi",
            ["stack", "export", "--show-secrets", "--stack", "dev"],
            program,
            _environment
        );
        return StateLines.Of(ExportedState.Read(JsonNode.Parse(text)!["deployment"]!));
    }

    public ValueTask DisposeAsync() => pulumi.DisposeAsync();
}
