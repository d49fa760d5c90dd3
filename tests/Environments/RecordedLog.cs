namespace QingCloudMySqlStandby.Environments;

/// <summary>Keeps what the provider reported to the user.</summary>
internal sealed class RecordedLog : IEngineLog
{
    private readonly List<string> _lines = [];

    /// <summary>Every line, in order: <c>status: ...</c>, <c>info: ...</c> or <c>warning: ...</c>.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public void Status(string urn, string message) => _lines.Add($"status: {message}");

    public void Info(string urn, string message) => _lines.Add($"info: {message}");

    public void Debug(string urn, string message) { }

    public void Warning(string urn, string message) => _lines.Add($"warning: {message}");
}
