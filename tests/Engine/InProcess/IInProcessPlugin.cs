namespace QingCloudMySqlStandby.Engine.InProcess;

/// <summary>A provider in the test's own process, in place of a plugin's process; it can die like one.</summary>
internal interface IInProcessPlugin
{
    /// <summary>The provider.</summary>
    IProvider Provider { get; }

    /// <summary>Ends when it dies; what it was asked is never answered then.</summary>
    Task Killed { get; }

    /// <summary>Kills it.</summary>
    void Kill();
}

/// <summary>A provider that is only killed by the engine.</summary>
internal sealed class PlainPlugin(IProvider provider) : IInProcessPlugin
{
    private readonly TaskCompletionSource _killed = new();

    public IProvider Provider => provider;
    public Task Killed => _killed.Task;

    public void Kill() => _killed.TrySetResult();
}
