namespace QingCloudMySqlStandby.Driver;

/// <summary>How to do one run, and what interferes with it.</summary>
internal sealed record RunOptions
{
    /// <summary>Whether <c>up</c> previews first; where the preview fails, nothing more happens.</summary>
    public bool PreviewFirst { get; init; }

    /// <summary>Whether every resource is read first (<c>--refresh</c>, or <c>options: refresh: always</c>).</summary>
    public bool Refresh { get; init; }

    /// <summary>Of a refresh or a destroy: whether the program is run (<c>--run-program</c>).</summary>
    public bool RunProgram { get; init; }

    /// <summary>Of a refresh or a destroy: whether it only shows what would happen.</summary>
    public bool PreviewOnly { get; init; }

    /// <summary>Whether what does not depend on a failure still happens (<c>--continue-on-error</c>).</summary>
    public bool ContinueOnError { get; init; }

    /// <summary>The names or URNs of resources to replace whatever has changed.</summary>
    public IReadOnlyCollection<string> Replace { get; init; } = [];

    /// <summary>The names or URNs of the only resources to look at; empty for all.</summary>
    public IReadOnlyCollection<string> Targets { get; init; } = [];

    /// <summary>Of a refresh: whether interrupted creations are forgotten (<c>--clear-pending-creates</c>).</summary>
    public bool ClearPendingCreates { get; init; }

    /// <summary>The first Ctrl-C: providers are asked to end their operations, their answers are saved, and nothing
    /// new begins.</summary>
    public CancellationToken Interrupt { get; init; }

    /// <summary>On simulated time: how long after its start the run gets a Ctrl-C.</summary>
    public TimeSpan? InterruptAfter { get; init; }

    /// <summary>On simulated time: at which call of the API the run dies.</summary>
    public Kill? Kill { get; init; }

    /// <summary>A kill -9 of the engine: from then on nothing is saved. The plugins are left to themselves.</summary>
    public CancellationToken Crash { get; init; }
}

/// <summary>When a run dies: at the n-th call of the API that its processes make, before the call leaves or after
/// QingCloud has carried it out.</summary>
internal sealed record Kill(int Call, bool After)
{
    /// <summary>Whether only the provider's process dies; the engine then goes on.</summary>
    public bool PluginOnly { get; init; }
}
