using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine;

/// <summary>Which stack, and how to run it.</summary>
public sealed record StackOptions
{
    /// <summary>The directory that holds <c>Pulumi.yaml</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The stack's name.</summary>
    public string Stack { get; init; } = "dev";

    /// <summary>The state file; null for <c>.engine/STACK.json</c> in the directory.</summary>
    public string? StateFile { get; init; }

    /// <summary>What the state's secrets are encrypted with.</summary>
    public string Passphrase { get; init; } = "";

    /// <summary>Configuration beside the stack's file: <c>key</c> (the project's) or <c>package:key</c>.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Configuration that is secret.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// For packages the directory of their plugin's binary <c>pulumi-resource-PACKAGE</c>, or the binary itself; goes before
    /// what the program says in <c>plugins.providers</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> PluginPaths { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// For packages the port of a plugin that runs already; none is started then, and it is not ended. Goes before everything
    /// else, as PULUMI_DEBUG_PROVIDERS does.
    /// </summary>
    public IReadOnlyDictionary<string, int> AttachedPlugins { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// For packages a provider to host in the engine's own process, made afresh for each start of the plugin. It is called over
    /// the real protocol all the same; a test can give it a clock and a cloud of its own. Goes before <see cref="PluginPaths"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Func<IEngineLog, IProvider>> HostedPlugins { get; init; } =
        new Dictionary<string, Func<IEngineLog, IProvider>>();

    /// <summary>Environment variables that plugins get beside the engine's own; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> PluginEnvironment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Environment variables that a program gets that is a process of its own.</summary>
    public IReadOnlyDictionary<string, string?> ProgramEnvironment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How many steps may run at once.</summary>
    public int Parallel { get; init; } = 32;

    /// <summary>Where to show what happens.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Whether to show the changed properties of each step.</summary>
    public bool ShowDiff { get; init; }
}

/// <summary>How to do one run, and how to interfere with it.</summary>
public sealed record RunOptions
{
    /// <summary>Read every resource first (<c>up --refresh</c>).</summary>
    public bool Refresh { get; init; }

    /// <summary>For refresh and destroy: only say what would happen.</summary>
    public bool PreviewOnly { get; init; }

    /// <summary>Fail when anything changes.</summary>
    public bool ExpectNoChanges { get; init; }

    /// <summary>For refresh: forget interrupted creations.</summary>
    public bool ClearPendingCreates { get; init; }

    /// <summary>The first Ctrl-C: providers are asked to end their operations, their answers are saved, nothing new begins.</summary>
    public CancellationToken Interrupt { get; init; }

    /// <summary>The second Ctrl-C: plugins are killed.</summary>
    public CancellationToken Kill { get; init; }

    /// <summary>
    /// A kill -9 of the engine: from then on nothing is saved and nobody is told. Connections and the plugins' standard inputs
    /// close, as they do when a process dies; the plugins are left to themselves.
    /// </summary>
    public CancellationToken Crash { get; init; }

    /// <summary>Called at both sides of each step; see <see cref="StepPoint"/>.</summary>
    public Func<StepPoint, Task>? AtStep { get; init; }
}

/// <summary>Where a step is.</summary>
public enum StepPhase
{
    /// <summary>The operation is recorded as pending; the provider has not been called.</summary>
    Recorded,

    /// <summary>The provider has answered; nothing of it is saved yet.</summary>
    Answered,
}

/// <summary>A moment at which a test can interfere: kill a plugin, or throw <see cref="EngineCrashException"/>.</summary>
public sealed record StepPoint(StepPhase Phase, StepKind Kind, Urn Urn, IReadOnlyList<PluginHandle> Plugins);

/// <summary>Thrown at a <see cref="StepPoint"/> it ends the run as a kill -9 of the engine would.</summary>
public sealed class EngineCrashException() : Exception("The engine was killed.");
