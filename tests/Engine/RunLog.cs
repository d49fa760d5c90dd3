using QingCloudMySqlStandby.Engine.Display;

namespace QingCloudMySqlStandby.Engine;

/// <summary>Keeps what a run says and does, and shows it as it comes.</summary>
internal sealed class RunLog(Screen? screen)
{
    private readonly Lock _lock = new();
    private readonly List<StepRecord> _steps = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<StatusLine> _statuses = [];
    private readonly List<ProviderCall> _calls = [];

    public IReadOnlyList<StepRecord> Steps => Copy(_steps);
    public IReadOnlyList<Diagnostic> Diagnostics => Copy(_diagnostics);
    public IReadOnlyList<StatusLine> Statuses => Copy(_statuses);
    public IReadOnlyList<ProviderCall> Calls => Copy(_calls);
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public void Add(StepRecord step)
    {
        lock (_lock)
        {
            _steps.Add(step);
            screen?.Show(step);
        }
    }

    public void Add(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            _diagnostics.Add(diagnostic);
            screen?.Show(diagnostic);
        }
    }

    public void Add(StatusLine status)
    {
        lock (_lock)
        {
            _statuses.Add(status);
            screen?.Show(status);
        }
    }

    public void Add(ProviderCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }
    }

    public void Error(Urn? urn, string message) => Add(new Diagnostic(DiagnosticSeverity.Error, urn, message));

    public void Warning(Urn? urn, string message) => Add(new Diagnostic(DiagnosticSeverity.Warning, urn, message));

    public void ShowSummary(PropertyMap outputs) => screen?.ShowSummary(Steps, outputs);

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
