namespace QingCloudMySqlStandby.Plugin;

/// <summary>The engine's log, as the provider sees it. Messages never hold secrets.</summary>
internal interface IEngineLog
{
    /// <summary>Shows a status line on the resource's row; the next one takes its place.</summary>
    void Status(string urn, string message);

    /// <summary>Logs something worth knowing.</summary>
    void Info(string urn, string message);

    /// <summary>Logs what was seen and decided, for <c>pulumi up -d</c>.</summary>
    void Debug(string urn, string message);

    /// <summary>Logs something that the user should look at.</summary>
    void Warning(string urn, string message);
}
