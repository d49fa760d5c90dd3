namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>A log for when there is no engine.</summary>
internal sealed class SilentLog : IEngineLog
{
    public static SilentLog Instance { get; } = new();

    public void Status(string urn, string message)
    {
    }

    public void Info(string urn, string message)
    {
    }

    public void Warning(string urn, string message)
    {
    }
}
