using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>The command line of the person who runs the examples: the driver in Pulumi's place, the plugin's process,
/// one state a project, and the simulator as QingCloud.</summary>
internal sealed partial class CommandLine : IAsyncDisposable
{
    /// <summary>Stands in the runbook for the id of whatever job it was.</summary>
    private const string AnyJob = "j-xxxxxxxxxxx";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("runbook-tests-");
    private PropertyMap _configuration;
    private string _directory = "";
    private string _job = AnyJob;

    private CommandLine(OrdersCloud cloud)
    {
        Cloud = cloud;
        _configuration = PropertyMap
            .From(
                World.Configuration.Select(entry =>
                    KeyValuePair.Create("qingcloud-mysql-standby:" + entry.Key, entry.Value)
                )
            )
            .With("qingcloud-mysql-standby:endpoint", cloud.Endpoint.ToString())
            .With("migrationPassword", PropertyValue.Of("Passwd@123").AsSecret());
    }

    public OrdersCloud Cloud { get; }

    public static async Task<CommandLine> StartAsync() => new(await OrdersCloud.StartAsync());

    /// <summary>Goes to a folder, named from examples/yaml-switchover.</summary>
    public CommandLine In(string folder)
    {
        _directory = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "examples", "yaml-switchover", folder));
        return this;
    }

    /// <summary>Goes to a copy of this folder in which an update may take that long, such as <c>20s</c>.</summary>
    public void Limit(string update)
    {
        const string options = "customTimeouts:\n";
        var program = File.ReadAllText(Path.Combine(_directory, "Pulumi.yaml"));
        Assert.Contains(options, program, StringComparison.Ordinal);
        var copy = _state.CreateSubdirectory(Path.Combine(Project, Path.GetFileName(_directory)));
        _directory = copy.FullName;
        File.WriteAllText(
            Path.Combine(_directory, "Pulumi.yaml"),
            program.Replace(options, $"{options}        update: {update}\n", StringComparison.Ordinal)
        );
    }

    /// <summary>Runs a command of Pulumi's; with a text, presses Ctrl-C when that is shown. Where the command names any
    /// job, it is the one whose id was shown last for <c>relinkAfter</c>.</summary>
    public async Task<(bool Succeeded, string Output)> RunAsync(string command, string? interruptAt = null)
    {
        using var interrupt = new CancellationTokenSource();
        await using var output = new WatchedOutput();
        if (interruptAt is not null)
            output.When(interruptAt, interrupt.Cancel);

        var words = command.Replace(AnyJob, _job, StringComparison.Ordinal).Split(' ')[1..];
        if (words is ["config", "set", var key, var value])
        {
            _configuration = _configuration.With(key, value);
            return (true, "");
        }

        var driver = new Driver.Cli.Command(
            _directory,
            Path.Combine(_state.FullName, $"{Project}.json"),
            _configuration,
            Repository.Plugin,
            output
        );
        var succeeded = await driver.RunAsync(words, interrupt.Token);
        _job = ShownJob().Matches(output.ToString()).LastOrDefault()?.Groups[1].Value ?? _job;
        return (succeeded, output.ToString());
    }

    /// <summary>The folders of one project share its state.</summary>
    private string Project => Path.GetFileName(Path.GetDirectoryName(_directory)!);

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        _state.Delete(recursive: true);
    }

    [GeneratedRegex(@"(?:relinkAfter: |""ordersDrJob"":\s*"")(j-[0-9a-z]+)", RegexOptions.None, 1000)]
    private static partial Regex ShownJob();
}
