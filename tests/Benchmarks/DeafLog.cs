using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Benchmarks;

/// <summary>A log that costs nothing.</summary>
internal sealed class DeafLog : IEngineLog
{
    public void Status(string urn, string message) { }

    public void Info(string urn, string message) { }

    public void Debug(string urn, string message) { }

    public void Warning(string urn, string message) { }
}
