using QingCloudMySqlStandby.Engine.Deployment;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine;

/// <summary>What a stack is made of: its state, its program, its configuration and its plugins.</summary>
internal interface IStackHome
{
    StackName Name { get; }
    int Parallel { get; }

    /// <summary>Whether runs read every resource first where their options say nothing.</summary>
    bool RefreshesAlways { get; }

    IStateStore OpenState();

    /// <summary>The inputs of a package's default provider.</summary>
    PropertyMap ConfigurationOf(string package);

    string NewProviderId();

    /// <summary>Where a run keeps and shows what it says.</summary>
    RunLog NewLog(RunKind kind);

    /// <summary>What a run's plugins and program need beside themselves.</summary>
    Task<IRunHome> BeginAsync(RunLog log, CancellationToken abandoned);
}

/// <summary>What serves one run.</summary>
internal interface IRunHome : IAsyncDisposable
{
    PluginSet Plugins { get; }

    IProgram ProgramOf(Run run);
}
