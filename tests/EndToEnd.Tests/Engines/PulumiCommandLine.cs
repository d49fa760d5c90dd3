using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Engines;

/// <summary>The real thing: the command <c>pulumi</c>, with its state in files and its secrets under a
/// passphrase.</summary>
internal sealed class PulumiCommandLine : IEngine
{
    private readonly string _program;
    private readonly string _stack;
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("pulumi-home-");

    private PulumiCommandLine(string program, string stack)
    {
        _program = program;
        _stack = stack;
        _home.CreateSubdirectory("state");
    }

    private string ConfigFile => Path.Combine(_program, $"Pulumi.{_stack}.yaml");

    /// <summary>The environment of its commands.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["PULUMI_HOME"] = _home.FullName,
            ["PULUMI_BACKEND_URL"] = $"file://{_home.FullName}/state",
            ["PULUMI_CONFIG_PASSPHRASE"] = "open sesame",
            ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
            ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true",
            ["QINGCLOUD_ACCESS_KEY"] = null,
            ["QINGCLOUD_SECRET_KEY"] = null,
        };

    public static void SkipWithoutNeeds(string example)
    {
        var language = example.Split('-')[0] == "typescript" ? "nodejs" : example.Split('-')[0];
        Assert.SkipUnless(
            Repository.IsOnPath("pulumi") && Repository.IsOnPath($"pulumi-language-{language}"),
            "pulumi is not on the PATH"
        );
    }

    /// <summary>A new stack of a program.</summary>
    public static async Task<PulumiCommandLine> StartAsync(string program, string stack = "dev")
    {
        var engine = new PulumiCommandLine(program, stack);
        await Command.CheckAsync("pulumi", ["stack", "init", stack, "--non-interactive"], program, engine.Environment);
        return engine;
    }

    public Task SetAsync(string key, string value) => ConfigureAsync("--plaintext", key, value);

    public Task SetSecretAsync(string key, string value) => ConfigureAsync("--secret", key, value);

    public async Task<EngineRun> PreviewAsync()
    {
        var result = await PulumiAsync("preview", ["--json"], null);
        var steps = result.ExitCode == 0 ? JsonNode.Parse(result.Output)!["steps"]!.AsArray() : [];
        var operations = steps
            .Select(step => ((string)step!["op"]!, Urn: ((string)step["urn"]!).Split("::")))
            .Where(step => step.Urn[2].Split('$')[^1] == LinkLines.Type && step.Item1 is not ("same" or "refresh"))
            .Select(step => $"{step.Item1} {step.Urn[3]}")
            .Order(StringComparer.Ordinal);
        return new EngineRun(result.ExitCode == 0, result.All, [.. operations]);
    }

    public Task<EngineRun> UpAsync(Task? interrupt = null) => RunAsync("up", ["--yes", "--skip-preview"], interrupt);

    /// <summary>As <see cref="UpAsync(Task?)"/>, with more variables in the environment.</summary>
    public async Task<EngineRun> UpAsync(IReadOnlyDictionary<string, string?> variables)
    {
        var environment = new Dictionary<string, string?>(Environment);
        foreach (var (name, value) in variables)
            environment[name] = value;

        var result = await Command.RunAsync(
            "pulumi",
            ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", _stack],
            _program,
            environment
        );
        return new EngineRun(result.ExitCode == 0, result.All, []);
    }

    public Task<EngineRun> RefreshAsync() => RunAsync("refresh", ["--yes", "--skip-preview"]);

    public Task<EngineRun> ImportAsync(string name, string id) =>
        RunAsync(
            "import",
            [LinkLines.Type, name, id, "--yes", "--skip-preview", "--protect=false", "--generate-code=false"]
        );

    public Task<EngineRun> DestroyAsync() => RunAsync("destroy", ["--yes", "--skip-preview"]);

    public async Task<IReadOnlyList<string>> LinksAsync()
    {
        var state = JsonNode.Parse(
            await Command.CheckAsync("pulumi", ["stack", "export", "--stack", _stack], _program, Environment)
        )!;
        return
        [
            .. (state["deployment"]!["resources"] as JsonArray ?? [])
                .Where(resource => (string?)resource!["type"] == LinkLines.Type)
                .Select(resource =>
                    $"{((string)resource!["urn"]!).Split("::")[3]} {resource["id"]} "
                    + string.Join(' ', LinkLines.Outputs.Select(output => $"{output}={resource["outputs"]![output]}"))
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    public async Task<string> OutputsAsync() =>
        SmallEngine.Comparable(
            await Command.CheckAsync("pulumi", ["stack", "output", "--json", "--stack", _stack], _program, Environment)
        );

    public ValueTask DisposeAsync()
    {
        File.Delete(ConfigFile);
        _home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task ConfigureAsync(string kind, string key, string value) =>
        await Command.CheckAsync(
            "pulumi",
            ["config", "set-all", kind, $"{key}={value}", "--stack", _stack],
            _program,
            Environment
        );

    private async Task<EngineRun> RunAsync(string command, string[] arguments, Task? interrupt = null)
    {
        var result = await PulumiAsync(command, arguments, interrupt);
        return new EngineRun(result.ExitCode == 0, result.All, []);
    }

    private Task<CommandResult> PulumiAsync(string command, string[] arguments, Task? interrupt) =>
        Command.RunAsync(
            "pulumi",
            [command, "--non-interactive", "--stack", _stack, .. arguments],
            _program,
            Environment,
            interrupt
        );
}
