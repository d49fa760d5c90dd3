using QingCloudMySqlStandby.Engine.Deployment;
using QingCloudMySqlStandby.Engine.Display;
using QingCloudMySqlStandby.Engine.Hosts;
using QingCloudMySqlStandby.Engine.InProcess;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin.Loopback;

namespace QingCloudMySqlStandby.Engine;

/// <summary>A stack whose program is a directory, with its state in a file and its plugins as processes.</summary>
internal sealed class StackDirectory : IStackHome
{
    private readonly StackOptions _options;
    private readonly Project _project;
    private readonly StackConfig _config;

    public StackDirectory(StackOptions options)
    {
        _options = options;
        _project = ProjectReader.ReadDirectory(options.Directory);
        _config = StackConfig.Load(_project, options.Stack, options.Config, options.Secrets);
    }

    public StackName Name => new(_project.Name, _options.Stack);
    public bool RefreshesAlways => _project.RefreshesAlways;
    public int Parallel => _options.Parallel;

    public static IStateStore OpenState(StackOptions options) =>
        StateFile.Open(
            options.StateFile ?? Path.Combine(options.Directory, ".engine", $"{options.Stack}.json"),
            options.Passphrase
        );

    public IStateStore OpenState() => OpenState(_options);

    public PropertyMap ConfigurationOf(string package) => _config.ForPackage(package);

    public string NewProviderId() => Guid.NewGuid().ToString();

    public RunLog NewLog(RunKind kind)
    {
        var screen = new Screen(_options.Output, kind.Command, kind.DryRun, _options.ShowDiff);
        screen.ShowHeader(Name.Project, Name.Stack);
        return new RunLog(screen);
    }

    public async Task<IRunHome> BeginAsync(RunLog log, CancellationToken abandoned)
    {
        var server = new LoopbackServer(TimeProvider.System, Protocol.Engine.BindService(new EngineService(log)));
        await server.StartAsync(CancellationToken.None);
        var loader = new PluginLoader(_options, _project, $"127.0.0.1:{server.Port}", log, abandoned);
        return new RunHome(server, new PluginSet(LoadAsync, log), ProgramOf);

        Task<IPlugin> LoadAsync(string package, CancellationToken cancellationToken) =>
            _options.HostedPlugins.TryGetValue(package, out var create)
                ? Task.FromResult<IPlugin>(
                    new InProcessPlugin(package, new PlainPlugin(create(new ProviderLog(log))), log, abandoned)
                )
                : loader.LoadAsync(package, cancellationToken);
    }

    private IProgram ProgramOf(Run run) =>
        _project.Runtime == "yaml"
            ? new YamlProgram(_project, _config)
            : new HostProgram(_project, _config, _options, run.DryRun, run.Log, () => run.IsStopping);

    private sealed class RunHome(LoopbackServer server, PluginSet plugins, Func<Run, IProgram> programOf) : IRunHome
    {
        public PluginSet Plugins => plugins;

        public IProgram ProgramOf(Run run) => programOf(run);

        public async ValueTask DisposeAsync()
        {
            plugins.Dispose();
            await server.StopAsync(new CancellationToken(canceled: true));
            await server.DisposeAsync();
        }
    }
}
