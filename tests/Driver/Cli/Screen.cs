using System.Globalization;

namespace QingCloudMySqlStandby.Driver.Cli;

/// <summary>Shows a run in plain lines, in the manner of Pulumi without a terminal.</summary>
internal sealed class Screen(TextWriter writer) : IRunObserver
{
    private readonly Lock _lock = new();

    public void Show(StepRecord step)
    {
        var outcome = step.Outcome switch
        {
            StepOutcome.Succeeded => "",
            StepOutcome.Partial => " not ready",
            _ => " failed",
        };
        var paths = string.Join(',', step.Changes.OrderBy(change => change.Key).Select(c => Sign(c.Value) + c.Key));
        var details = paths.Length > 0 ? $" [diff: {paths}]" : "";
        var (sign, word) = WordsOf(step);
        var type = step.New?.Type ?? step.Old?.Type;
        Write($" {sign, -2} {type} {step.Name} {word}{outcome}{details}");
        foreach (var (path, change) in step.Changes)
        {
            var (before, after) = Change(step, path);
            if (before != after)
                Write($"      {Sign(change)} {path}: {before} => {after}");
        }
    }

    public void Show(Message message)
    {
        if (message.Severity == Severity.Debug)
            return;

        var subject = message.Urn.Length > 0 ? $" {Urns.NameOf(message.Urn)}:" : "";
        var content = message.Content.ReplaceLineEndings(Environment.NewLine + "      ");
        Write(
            message.Severity == Severity.Status
                ? $"   {subject} {content}"
                : $"{message.Severity.ToString().ToLowerInvariant()}:{subject} {content}"
        );
    }

    /// <summary>Shows what a run came to.</summary>
    public void ShowSummary(string command, bool isPreview, RunResult result)
    {
        if (result.After.Outputs.Count > 0)
            Write("Outputs:");
        foreach (var (name, value) in result.After.Outputs)
            Write($"    {name}: {Text(value)}");

        Write("Resources:");
        var counted = result.Steps.Where(step => IsCounted(command, step)).GroupBy(WordsOf);
        foreach (var ((sign, word), steps) in counted.Select(group => (group.Key, group.Count())))
            Write($"    {sign} {steps} {Count(word, isPreview)}");
    }

    /// <summary>A property value as people read it. Secrets are never shown.</summary>
    public static string Text(PropertyValue? value) =>
        value switch
        {
            null => "(none)",
            { IsSecret: true } => "[secret]",
            _ => value.Bare switch
            {
                PropertyValue.UnknownValue => "[unknown]",
                PropertyValue.TextValue text => $"\"{text.Value}\"",
                PropertyValue.BoolValue flag => flag.Value ? "true" : "false",
                PropertyValue.NumberValue number => number.Value.ToString(CultureInfo.InvariantCulture),
                PropertyValue.ListValue list => $"[{string.Join(", ", list.Items.Select(Text))}]",
                PropertyValue.MapValue map =>
                    $"{{ {string.Join(", ", map.Map.Select(entry => $"\"{entry.Key}\": {Text(entry.Value)}"))} }}",
                _ => "null",
            },
        };

    /// <summary>A refresh shows what the outputs were and are; what a run changes shows in the inputs.</summary>
    private static (string Before, string After) Change(StepRecord step, string path)
    {
        var (before, after) =
            step.Kind == StepKind.Refresh || Values.Find(step.New?.Inputs ?? PropertyMap.Empty, path) is null
                ? (step.Old?.Outputs, step.New?.Outputs)
                : (step.Old?.Inputs, step.New?.Inputs);
        return (Text(Find(before, path)), Text(Find(after, path)));
    }

    private static PropertyValue? Find(PropertyMap? map, string path) => map is null ? null : Values.Find(map, path);

    /// <summary>A replacement counts once; reading first what the run then acts on does not count.</summary>
    private static bool IsCounted(string command, StepRecord step) =>
        step.Outcome == StepOutcome.Succeeded
        && step.Kind != StepKind.DeleteReplaced
        && (step.Kind != StepKind.Refresh || command == "refresh");

    private static string Count(string word, bool isPreview) =>
        word switch
        {
            "unchanged" or "read" => word,
            _ when isPreview => "to " + word,
            "create" or "update" or "delete" or "replace" => word + "d",
            _ => word + "ed",
        };

    private static string Sign(PropertyChange change) =>
        change switch
        {
            { Replace: true } => "+-",
            { Kind: ChangeKind.Add } => "+",
            { Kind: ChangeKind.Delete } => "-",
            _ => "~",
        };

    private static (string Sign, string Word) WordsOf(StepRecord step) =>
        step.Kind switch
        {
            StepKind.Create => ("+", "create"),
            StepKind.CreateReplacement => ("+-", "replace"),
            StepKind.DeleteReplaced => ("--", "delete original"),
            StepKind.Delete => ("-", "delete"),
            StepKind.Update => ("~", "update"),
            StepKind.Import => ("=", "import"),
            StepKind.Read => (">", "read"),
            StepKind.Refresh when step.Outcome != StepOutcome.Succeeded => (" ", "refresh"),
            StepKind.Refresh when step.New is null => ("-", "delete"),
            StepKind.Refresh when step.IsChange => ("~", "update"),
            _ => (" ", "unchanged"),
        };

    private void Write(string line)
    {
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }
}
