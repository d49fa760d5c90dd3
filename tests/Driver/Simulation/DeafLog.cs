namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>For a provider whose messages nobody reads.</summary>
internal sealed class DeafLog : IEngineLog
{
    public void Status(string urn, string message) { }

    public void Info(string urn, string message) { }

    public void Debug(string urn, string message) { }

    public void Warning(string urn, string message) { }
}
