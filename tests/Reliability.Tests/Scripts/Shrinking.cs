using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>Shorter and simpler scripts: with steps left out, then with steps made plainer.</summary>
internal static class Shrinking
{
    public static IEnumerable<Script> Of(Script script) =>
        Slices(script.Steps).Concat(Plainer(script.Steps)).Select(steps => new Script(steps));

    private static IEnumerable<ImmutableList<Step>> Slices(ImmutableList<Step> steps)
    {
        for (var length = steps.Count / 2; length >= 1; length /= 2)
        {
            for (var start = steps.Count - length; start >= 0; start--)
                yield return steps.RemoveRange(start, length);
        }
    }

    private static IEnumerable<ImmutableList<Step>> Plainer(ImmutableList<Step> steps) =>
        from index in Enumerable.Range(0, steps.Count)
        from step in Plainer(steps[index])
        select steps.SetItem(index, step);

    private static IEnumerable<Step> Plainer(Step step) =>
        step switch
        {
            Step.Edit edit => edit.Settings.Keys.Select(name => edit with { Settings = edit.Settings.Remove(name) }),
            Step.Rename { Alias: true } rename => [rename with { Alias = false }],
            Step.Command { Kind: not CommandKind.Import } command => Plainer(command),
            Step.Fault fault => Plainer(fault.Spec).Select(spec => new Step.Fault(spec)),
            Step.Console { Later: not null } console => [console with { Later = null }],
            Step.Takes { Duration.TotalMinutes: > 3 } takes => [takes with { Duration = TimeSpan.FromMinutes(3) }],
            _ => [],
        };

    private static IEnumerable<Step> Plainer(Step.Command command)
    {
        if (command != new Step.Command(command.Kind))
            yield return new Step.Command(command.Kind);

        foreach (
            var plainer in new[]
            {
                command with
                {
                    Resource = null,
                },
                command with
                {
                    Target = null,
                },
                command with
                {
                    Refresh = false,
                },
                command with
                {
                    RunProgram = false,
                },
                command with
                {
                    GoesOn = false,
                },
            }.Where(plainer => plainer != command)
        )
        {
            yield return plainer;
        }

        if (command.Kill is { Call: > 1 } kill)
            yield return command with
            {
                Kill = kill with { Call = kill.Call - 1 },
            };

        if (command.CancelAfter is { TotalSeconds: > 1 } time && Rounded(time) is var rounded && rounded != time)
            yield return command with
            {
                CancelAfter = rounded,
            };
    }

    private static TimeSpan Rounded(TimeSpan time) =>
        time.TotalMinutes >= 10 ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    /// <summary>The same fault without its <c>times</c> or <c>skip</c>.</summary>
    private static IEnumerable<string> Plainer(string spec)
    {
        var parts = spec.Split(',');
        return parts
            .Where(part =>
                part.StartsWith("times=", StringComparison.Ordinal)
                || part.StartsWith("skip=", StringComparison.Ordinal)
            )
            .Select(part => string.Join(',', parts.Where(other => other != part)));
    }
}
