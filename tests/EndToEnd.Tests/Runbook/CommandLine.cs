using System.Text.RegularExpressions;
using QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>The command line of the person who runs the examples: the small engine in Pulumi's place, the plugin's real
/// process, one state a project, and the simulator as QingCloud.</summary>
internal sealed partial class CommandLine : IAsyncDisposable
{
    /// <summary>Stands in the runbook for the id of whatever job it was.</summary>
    private const string AnyJob = "j-xxxxxxxxxxx";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("runbook-tests-");
    private readonly Dictionary<string, string> _config;
    private string _directory = "";
    private string _job = AnyJob;

    private CommandLine(SimulatedCloudServer server)
    {
        Server = server;
        _config = new Dictionary<string, string> { ["qingcloud-mysql-standby:endpoint"] = server.Endpoint };
    }

    public SimulatedCloudServer Server { get; }

    public static async Task<CommandLine> StartAsync() => new(await SimulatedCloudServer.StartAsync());

    /// <summary>Goes to a folder, named from examples/yaml-switchover.</summary>
    public CommandLine In(string folder)
    {
        _directory = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "examples", "yaml-switchover", folder));
        return this;
    }

    /// <summary>Runs a command of Pulumi's; with a text, presses Ctrl-C when that is shown. Where the command names any
    /// job, it is the one whose id was shown last for <c>relinkAfter</c>.</summary>
    public async Task<(bool Succeeded, string Output)> RunAsync(string command, string? interruptAt = null)
    {
        using var interrupt = new CancellationTokenSource();
        await using var output = new WatchedOutput();
        if (interruptAt is not null)
            output.When(interruptAt, interrupt.Cancel);

        var words = command.Replace(AnyJob, _job, StringComparison.Ordinal).Split(' ');
        var run = new RunOptions
        {
            Refresh = words.Contains("--refresh"),
            ExpectNoChanges = words.Contains("--expect-no-changes"),
            Interrupt = interrupt.Token,
        };
        var succeeded = await RunAsync(new Stack(OptionsOf(output)), words, run, output);
        _job = ShownJob().Matches(output.ToString()).LastOrDefault()?.Groups[1].Value ?? _job;
        return (succeeded, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _state.Delete(recursive: true);
    }

    [GeneratedRegex(@"(?:relinkAfter: |""ordersDrJob"":\s*"")(j-[0-9a-z]+)", RegexOptions.None, 1000)]
    private static partial Regex ShownJob();

    private async Task<bool> RunAsync(Stack stack, string[] words, RunOptions run, TextWriter output)
    {
        switch (words)
        {
            case ["pulumi", "preview", ..]:
                return (await stack.PreviewAsync(run)).Succeeded;
            case ["pulumi", "up", ..]:
                return (await stack.PreviewAsync(run)).Succeeded && (await stack.UpAsync(run)).Succeeded;
            case ["pulumi", "refresh", ..]:
                return (await stack.RefreshAsync(run)).Succeeded;
            case ["pulumi", "destroy", ..]:
                return (await stack.DestroyAsync(run)).Succeeded;
            case ["pulumi", "config", "set", var key, var value]:
                _config[key] = value;
                return true;
            case ["pulumi", "stack", "output", "--json"]:
                StateText.WriteOutputs(stack.ReadState(), showSecrets: false, output);
                return true;
            default:
                throw new InvalidOperationException($"'{string.Join(' ', words)}' is no command that this knows");
        }
    }

    private StackOptions OptionsOf(TextWriter output) =>
        new()
        {
            Directory = _directory,
            StateFile = Path.Combine(_state.FullName, $"{Path.GetFileName(Path.GetDirectoryName(_directory))}.json"),
            Passphrase = "open sesame",
            Config = _config,
            Secrets = new Dictionary<string, string>
            {
                ["migrationPassword"] = "Passwd@123",
                ["qingcloud-mysql-standby:accessKeyId"] = ApiOptions.DemoAccessKeyId,
                ["qingcloud-mysql-standby:secretAccessKey"] = ApiOptions.DemoSecretAccessKey,
            },
            PluginPaths = new Dictionary<string, string> { ["qingcloud-mysql-standby"] = Repository.PluginDirectory },
            Output = output,
        };
}
