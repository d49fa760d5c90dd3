using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The command <c>pulumi</c> on one stack of a program, with its state in files and its secrets under a
/// passphrase.</summary>
internal sealed class PulumiCommandLine : IAsyncDisposable
{
    private readonly string _program;
    private readonly string _stack;
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("pulumi-home-");

    private PulumiCommandLine(string program, string stack)
    {
        (_program, _stack) = (program, stack);
        _home.CreateSubdirectory("state");
    }

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

    /// <summary>Skips the test where <c>pulumi</c> or the language host of an example is not on the PATH.</summary>
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
        var pulumi = new PulumiCommandLine(program, stack);
        await pulumi.CheckAsync("stack", "init");
        return pulumi;
    }

    public Task SetAsync(string key, string value) => CheckAsync("config", "set-all", "--plaintext", $"{key}={value}");

    public Task SetSecretAsync(string key, string value) =>
        CheckAsync("config", "set-all", "--secret", $"{key}={value}");

    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> CheckAsync(params string[] words) =>
        Command.CheckAsync("pulumi", [.. words, "--non-interactive", "--stack", _stack], _program, Environment);

    /// <summary>What an up would do to links, such as <c>create orders-dr</c>, in the order of their names.</summary>
    public async Task<IReadOnlyList<string>> PreviewAsync() =>
        [
            .. JsonNode.Parse(await CheckAsync("preview", "--json"))!["steps"]!
                .AsArray()
                .Select(step => (Kind: (string)step!["op"]!, Urn: ((string)step["urn"]!).Split("::")))
                .Where(step => step.Urn[2].EndsWith(":StandbyReplication", StringComparison.Ordinal))
                .Where(step => step.Kind is not ("same" or "refresh"))
                .Select(step => $"{step.Kind} {step.Urn[3]}")
                .Order(StringComparer.Ordinal),
        ];

    public Task<string> UpAsync() => CheckAsync("up", "--yes", "--skip-preview");

    /// <summary>An output of the stack.</summary>
    public async Task<string> OutputAsync(string name) => (await CheckAsync("stack", "output", name)).Trim();

    public ValueTask DisposeAsync()
    {
        File.Delete(Path.Combine(_program, $"Pulumi.{_stack}.yaml"));
        _home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
