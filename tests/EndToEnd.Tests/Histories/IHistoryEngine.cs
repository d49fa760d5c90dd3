namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>An engine's command line, over one stack: its commands and options are Pulumi's.</summary>
internal interface IHistoryEngine : IAsyncDisposable
{
    /// <param name="command">The command and its options, in Pulumi's words.</param>
    /// <param name="interrupt">When it completes, the user presses Ctrl-C.</param>
    /// <param name="kill">When it completes, the engine and its plugins are killed.</param>
    Task<CommandResult> RunAsync(IReadOnlyList<string> command, Task? interrupt = null, Task? kill = null);

    /// <summary>The stack's state, a line for each resource and each pending operation.</summary>
    Task<IReadOnlyList<string>> StateAsync();
}
