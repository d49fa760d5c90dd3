namespace QingCloudMySqlStandby.Engine;

/// <summary>How to do one run, and how to interfere with it.</summary>
internal sealed record RunOptions
{
    /// <summary>Preview first, as the command does unless asked not to; where the preview fails, that is all.</summary>
    public bool PreviewFirst { get; init; }

    /// <summary>Read every resource first (<c>up --refresh</c>); null: as the project's <c>options: refresh</c>
    /// says.</summary>
    public bool? Refresh { get; init; }

    /// <summary>For refresh and destroy: only say what would happen.</summary>
    public bool PreviewOnly { get; init; }

    /// <summary>For destroy: run the program, to have its providers as it wants them.</summary>
    public bool RunProgram { get; init; }

    /// <summary>Fail when anything changes.</summary>
    public bool ExpectNoChanges { get; init; }

    /// <summary>For refresh: forget interrupted creations.</summary>
    public bool ClearPendingCreates { get; init; }

    /// <summary>Go on with what does not depend on what has failed.</summary>
    public bool ContinueOnError { get; init; }

    /// <summary>The URNs, with <c>*</c> and <c>**</c>, of the resources to replace whatever has changed.</summary>
    public IReadOnlyList<string> Replace { get; init; } = [];

    /// <summary>The URNs of the only resources to look at; none means all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether what depends on a target is one.</summary>
    public bool TargetDependents { get; init; }

    /// <summary>The first Ctrl-C: providers are asked to end their operations, their answers are saved, nothing new
    /// begins.</summary>
    public CancellationToken Interrupt { get; init; }

    /// <summary>The second Ctrl-C: plugins are killed, and nothing more is saved.</summary>
    public CancellationToken Kill { get; init; }

    /// <summary>A kill -9 of the engine: from then on nothing is saved and nobody learns of it. Connections and the
    /// plugins' standard inputs close, as they do when a process dies; the plugins are left to themselves.</summary>
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

/// <summary>A moment at which a test can interfere: kill a plugin, or throw <see
/// cref="EngineCrashException"/>.</summary>
internal sealed record StepPoint(StepPhase Phase, StepKind Kind, Urn Urn, IReadOnlyList<PluginHandle> Plugins);

/// <summary>Thrown at a <see cref="StepPoint"/> it ends the run as a kill -9 of the engine would.</summary>
internal sealed class EngineCrashException() : Exception("The engine was killed.");
