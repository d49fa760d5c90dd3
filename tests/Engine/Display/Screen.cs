namespace QingCloudMySqlStandby.Engine.Display;

/// <summary>Shows a run as lines of text, in the manner of Pulumi where it has no terminal: a line for each step that
/// ends, each new status and each diagnostic, and a summary.</summary>
internal sealed class Screen(TextWriter writer, string operation, bool dryRun, bool showDiff)
{
    private readonly Dictionary<Urn, string> _lastStatus = [];

    public void ShowHeader(string project, string stack) => writer.WriteLine($"{operation} {project} ({stack})");

    public void Show(StepRecord step)
    {
        var details = step.Changes.Count > 0 && !showDiff ? $" [diff: {PropertyText.Summary(step)}]" : "";
        var outcome = step.Outcome switch
        {
            StepOutcome.Succeeded => "",
            StepOutcome.Partial => " not ready",
            _ => " failed",
        };
        writer.WriteLine($" {Sign(step), -2} {step.Urn.Type} {step.Name} {Word(step)}{outcome}{details}");
        if (!showDiff)
            return;

        var lines =
            step.Kind is StepKind.Create && step.New is { } created
                ? PropertyText.Lines(created.Inputs)
                : PropertyText.Lines(step);
        foreach (var line in lines)
            writer.WriteLine($"      {line}");
    }

    public void Show(StatusLine status)
    {
        if (status.Urn is { } urn && _lastStatus.GetValueOrDefault(urn) != status.Message)
        {
            _lastStatus[urn] = status.Message;
            writer.WriteLine($"    {urn.Name}: {status.Message}");
        }
    }

    public void Show(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Debug)
            return;

        var subject = diagnostic.Urn is { } urn ? $" {urn.Name}:" : "";
        var message = diagnostic.Message.ReplaceLineEndings(Environment.NewLine + "      ");
        writer.WriteLine($"{diagnostic.Severity.ToString().ToLowerInvariant()}:{subject} {message}");
    }

    public void ShowSummary(IReadOnlyList<StepRecord> steps, PropertyMap outputs)
    {
        if (outputs.Count > 0)
        {
            writer.WriteLine("Outputs:");
            foreach (var (name, value) in outputs)
                writer.WriteLine($"    {name}: {PropertyText.Of(value)}");
        }

        writer.WriteLine("Resources:");
        foreach (
            var group in steps
                .Where(IsCounted)
                .GroupBy(step => (Sign: Sign(step), Word: Word(step)))
                .OrderBy(group => group.Key.Sign, StringComparer.Ordinal)
        )
        {
            writer.WriteLine($"    {group.Key.Sign} {group.Count()} {Count(group.Key.Word)}");
        }
    }

    /// <summary>A replacement counts once; reading first what the run then acts on does not count.</summary>
    private bool IsCounted(StepRecord step) =>
        step.Outcome == StepOutcome.Succeeded
        && step.Kind != StepKind.DeleteReplaced
        && (step.Kind != StepKind.Refresh || operation == "refresh");

    private string Count(string word) =>
        word switch
        {
            "unchanged" => word,
            _ when dryRun => $"to {word}",
            "create" or "update" or "delete" or "replace" => word + "d",
            "refresh" or "import" => word + "ed",
            _ => word,
        };

    private static string Sign(StepRecord step) =>
        step.Kind switch
        {
            StepKind.Create => "+",
            StepKind.CreateReplacement => "+-",
            StepKind.DeleteReplaced => "--",
            StepKind.Delete => "-",
            StepKind.Update => "~",
            StepKind.Import => "=",
            StepKind.Refresh when step.New is null => "-",
            StepKind.Refresh when step.Changes.Count > 0 => "~",
            _ => " ",
        };

    private static string Word(StepRecord step) =>
        step.Kind switch
        {
            StepKind.Create => "create",
            StepKind.CreateReplacement => "replace",
            StepKind.DeleteReplaced => "delete original",
            StepKind.Delete => "delete",
            StepKind.Update => "update",
            StepKind.Import => "import",
            StepKind.Refresh when step.Outcome != StepOutcome.Succeeded => "refresh",
            StepKind.Refresh when step.New is null => "delete",
            StepKind.Refresh when step.Changes.Count > 0 => "update",
            StepKind.Refresh => "unchanged",
            _ => "unchanged",
        };
}
