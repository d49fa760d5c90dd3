namespace QingCloudMySqlStandby.Driver;

/// <summary>A process of the provider.</summary>
internal interface IPlugin
{
    /// <summary>Its methods.</summary>
    IProvider Provider { get; }

    /// <summary>Given to each call; cancelled when the process is asked to end its operations.</summary>
    CancellationToken Cancelled { get; }

    /// <summary>Ends when the process has died.</summary>
    Task Died { get; }

    /// <summary>Asks it to end its operations, as <c>Cancel</c> does.</summary>
    Task CancelAsync();

    /// <summary>Ends the process as the engine does; returns what was wrong with its end, or null.</summary>
    Task<string?> EndAsync();

    /// <summary>Leaves it to itself, as the engine's death does.</summary>
    void Abandon();
}

/// <summary>Where a stack's provider processes come from.</summary>
internal interface IPluginHost
{
    /// <summary>The clock of the runs.</summary>
    TimeProvider Clock { get; }

    /// <summary>A run begins.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="options">How it is done.</param>
    /// <param name="die">To be called when the engine dies.</param>
    /// <returns>Starts a process for the run; what its provider reports goes to the log.</returns>
    Func<IEngineLog, Task<IPlugin>> Begin(Stack stack, RunOptions options, Action die);
}
