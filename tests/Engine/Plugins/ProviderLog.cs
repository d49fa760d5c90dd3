namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>What a provider in the engine's own process logs to.</summary>
internal sealed class ProviderLog(RunLog log) : IEngineLog
{
    public void Status(string urn, string message) => log.Add(new StatusLine(new Urn(urn), message));

    public void Info(string urn, string message) =>
        log.Add(new Diagnostic(DiagnosticSeverity.Info, new Urn(urn), message));

    public void Debug(string urn, string message) { }

    public void Warning(string urn, string message) => log.Warning(new Urn(urn), message);
}
