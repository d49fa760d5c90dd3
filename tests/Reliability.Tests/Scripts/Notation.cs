using System.Collections.Immutable;
using System.Globalization;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>
/// Scripts in one line, steps apart by <c>;</c>:
/// <code>
/// echo Full|WithoutRequestId|WithoutSender|None
/// stack prod
/// set x cluster=A source=S way=full host=1 user=1 password=1 promoted=true onDelete=promote relink=true
/// set x provider=p deleteFirst=true retain=true protect=true ignore=PATH replaceOn=PATH trigger=1 with=y
/// set x after=y alias=z limit=short
/// drop x | rename x y [alias] | taint x
/// up | preview | refresh | destroy [replace x] [target x] [refresh] [program] [goes-on]
///     [cancel 10m] [kill|kill-plugin 5 before|after]
/// import x A
/// fault SPEC                          (tests/Simulator/README.md)
/// takes start_standby 8h
/// [later 10m] console promote|stop|suspend|resume|delete A
/// [later 10m] console start|change A T
/// wait 1h
/// </code>
/// What a <c>set</c> leaves out stays as it was, at first <c>cluster=A source=S way=full</c> and ones; an option is
/// taken away with <c>none</c>.
/// </summary>
internal static class Notation
{
    public static string Print(Script script) => string.Join("; ", script.Steps.Select(Print));

    public static Script Parse(string text) =>
        new([
            .. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(ParseStep),
        ]);

    private static string Print(Step step) =>
        step switch
        {
            Step.Edit edit => $"set {edit.Resource}"
                + string.Concat(edit.Settings.Select(setting => $" {setting.Key}={setting.Value}")),
            Step.Echoes echoes => $"echo {echoes.Level}",
            Step.Stack stack => $"stack {stack.Name}",
            Step.Drop drop => $"drop {drop.Resource}",
            Step.Rename rename => $"rename {rename.From} {rename.To}" + (rename.Alias ? " alias" : ""),
            Step.Taint taint => $"taint {taint.Resource}",
            Step.Command { Kind: CommandKind.Import } import => $"import {import.Resource} "
                + $"{import.Cluster}"
                + PrintEnd(import),
            Step.Command command => command.Kind.ToString().ToLowerInvariant()
                + (command.Resource is { } replaced ? $" replace {replaced}" : "")
                + (command.Target is { } target ? $" target {target}" : "")
                + (command.Refresh ? " refresh" : "")
                + (command.RunProgram ? " program" : "")
                + (command.GoesOn ? " goes-on" : "")
                + PrintEnd(command),
            Step.Fault fault => $"fault {fault.Spec}",
            Step.Takes takes => $"takes {takes.Service} {Print(takes.Duration)}",
            Step.Console console => (console.Later is { } later ? $"later {Print(later)} " : "")
                + $"console {console.Verb} {console.Cluster}"
                + (console.Source is { } source ? $" {source}" : ""),
            Step.Wait wait => $"wait {Print(wait.Time)}",
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };

    private static string PrintEnd(Step.Command command) =>
        (command.CancelAfter is { } cancel ? $" cancel {Print(cancel)}" : "")
        + (
            command.Kill is { } kill
                ? Invariant(
                    $" kill{(kill.PluginOnly ? "-plugin" : "")} {kill.Call} {(kill.After ? "after" : "before")}"
                )
                : ""
        );

    private static string Print(TimeSpan time) =>
        time.TotalSeconds < 1 || time.Milliseconds != 0 ? Invariant($"{time.TotalMilliseconds}ms")
        : time.Seconds != 0 ? Invariant($"{time.TotalSeconds}s")
        : time.Minutes != 0 ? Invariant($"{time.TotalMinutes}m")
        : Invariant($"{time.TotalHours}h");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Step ParseStep(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["set", var resource, .. var settings] => ParseEdit(resource, settings),
            ["drop", var resource] => new Step.Drop(resource),
            ["echo", var level] => new Step.Echoes(Enum.Parse<Echo>(level)),
            ["stack", var name] => new Step.Stack(name),
            ["rename", var from, var to, .. var alias] => new Step.Rename(from, to, alias is ["alias"]),
            ["taint", var resource] => new Step.Taint(resource),
            ["import", var resource, var cluster, .. var end] => ParseEnd(
                new Step.Command(CommandKind.Import) { Resource = resource, Cluster = cluster },
                end
            ),
            ["fault", ..] => new Step.Fault(text["fault".Length..].Trim()),
            ["takes", var service, var duration] => new Step.Takes(service, ParseTime(duration)),
            ["later", var time, "console", var verb, var cluster, .. var source] => new Step.Console(verb, cluster)
            {
                Later = ParseTime(time),
                Source = source.FirstOrDefault(),
            },
            ["console", var verb, var cluster, .. var source] => new Step.Console(verb, cluster)
            {
                Source = source.FirstOrDefault(),
            },
            ["wait", var time] => new Step.Wait(ParseTime(time)),
            [var command, .. var end] when Enum.TryParse<CommandKind>(command, ignoreCase: true, out var kind) =>
                ParseEnd(new Step.Command(kind), end),
            _ => throw new FormatException($"'{text}' is no step"),
        };
    }

    private static Step.Edit ParseEdit(string resource, string[] settings) =>
        new(
            resource,
            settings
                .Select(setting => setting.Split('='))
                .ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
        );

    private static Step.Command ParseEnd(Step.Command command, string[] words) =>
        words switch
        {
            [] => command,
            ["replace", var resource, .. var rest] => ParseEnd(command with { Resource = resource }, rest),
            ["target", var resource, .. var rest] => ParseEnd(command with { Target = resource }, rest),
            ["refresh", .. var rest] => ParseEnd(command with { Refresh = true }, rest),
            ["program", .. var rest] => ParseEnd(command with { RunProgram = true }, rest),
            ["goes-on", .. var rest] => ParseEnd(command with { GoesOn = true }, rest),
            ["cancel", var time, .. var rest] => ParseEnd(command with { CancelAfter = ParseTime(time) }, rest),
            ["kill" or "kill-plugin", var call, var when, .. var rest] => ParseEnd(
                command with
                {
                    Kill = new Kill(int.Parse(call, CultureInfo.InvariantCulture), when == "after")
                    {
                        PluginOnly = words[0] == "kill-plugin",
                    },
                },
                rest
            ),
            _ => throw new FormatException($"'{string.Join(' ', words)}' is no way to run a command"),
        };

    private static TimeSpan ParseTime(string text) => Durations.Parse(text);
}
