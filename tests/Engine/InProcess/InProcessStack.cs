using System.Collections.Immutable;
using System.Globalization;
using QingCloudMySqlStandby.Engine.Deployment;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.InProcess;

/// <summary>A stack in memory: its program is a list, its providers are objects. It runs on the caller's thread and
/// clock, so that a test can let days pass in it.</summary>
internal sealed class InProcessStack : IStackHome
{
    private readonly MemoryStore _state = new();
    private int _providers;

    /// <summary>The project and the stack.</summary>
    public StackName Name { get; init; } = new("shop", "dev");

    /// <summary>Starts a package's plugin; it is not configured yet.</summary>
    public required Func<string, IEngineLog, IInProcessPlugin> Start { get; init; }

    /// <summary>The configuration of default providers.</summary>
    public PropertyMap Configuration { get; set; } = PropertyMap.Empty;

    /// <summary>How many steps may run at once.</summary>
    public int Parallel { get; init; } = int.MaxValue;

    /// <summary>The resources of the program, in its order; each after what it refers to.</summary>
    public ImmutableList<DeclaredResource> Program { get; set; } = [];

    /// <summary>Whether a program goes on when a resource of it has failed in a run that goes on after errors, as
    /// programs in C# do; those in YAML fail then.</summary>
    public bool GoesOnAfterFailures { get; set; }

    bool IStackHome.RefreshesAlways => false;
    StackName IStackHome.Name => Name;

    IStateStore IStackHome.OpenState() => _state;

    PropertyMap IStackHome.ConfigurationOf(string package) => Configuration;

    string IStackHome.NewProviderId() => string.Create(CultureInfo.InvariantCulture, $"provider-{++_providers}");

    RunLog IStackHome.NewLog(RunKind kind) => new(screen: null);

    Task<IRunHome> IStackHome.BeginAsync(RunLog log, CancellationToken abandoned) =>
        Task.FromResult<IRunHome>(new RunHome(this, log, abandoned));

    private sealed class RunHome(InProcessStack stack, RunLog log, CancellationToken abandoned) : IRunHome
    {
        public PluginSet Plugins { get; } =
            new(
                (package, _) =>
                    Task.FromResult<IPlugin>(
                        new InProcessPlugin(package, stack.Start(package, new ProviderLog(log)), log, abandoned)
                    ),
                log
            );

        public IProgram ProgramOf(Run run) =>
            new YamlProgram(DeclaredResource.ProjectOf(stack.Name.Project, stack.Program), StackConfig.Empty)
            {
                GoesOnAfterFailures = stack.GoesOnAfterFailures,
            };

        public ValueTask DisposeAsync()
        {
            Plugins.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
