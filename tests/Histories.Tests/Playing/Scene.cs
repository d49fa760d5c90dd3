using System.Text;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Histories.Broken;
using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>Where a history plays: the world with its provider, what is written down for the oracle, and what was seen of
/// the provider.</summary>
internal sealed partial class Scene : IDisposable
{
    private static readonly string[] Secret = [.. Declared.Passwords, ApiOptions.DemoSecretAccessKey];
    private int _eventsSeen;
    private int _callsSeen;

    /// <param name="knobs">How this QingCloud is.</param>
    /// <param name="broken">A provider that is broken on purpose; null for the provider as it is.</param>
    public Scene(Knobs knobs, BrokenBuild? broken)
    {
        broken ??= new BrokenBuild();
        Ledger = null!;
        World = new Driver.Simulation.World(knobs: knobs)
        {
            Provider = provider => Ledger!.Labelled(broken.Provider(provider)),
            Client = broken.Client,
            Network = _ => Ledger!.Network(World!.Api),
        };
        Ledger = new Ledger(World.Time);
    }

    public Driver.Simulation.World World { get; }
    public Ledger Ledger { get; }

    /// <summary>What no oracle is needed for.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>How often each step, refusal and warning was seen.</summary>
    public Dictionary<string, int> Reached { get; } = new(StringComparer.Ordinal);

    /// <summary>What happened, for readers; null where nobody reads it.</summary>
    public List<string>? Trace { get; init; }

    /// <summary>When the keys became those of another account (true), or of this one.</summary>
    public List<(DateTimeOffset At, bool IsForeign)> Keys { get; } = [];

    public void SetForeign(bool foreign)
    {
        World.Api.SetForeign(ApiOptions.DemoAccessKeyId, foreign);
        Keys.Add((World.Time.GetUtcNow(), foreign));
    }

    /// <summary>Does something in the place of a user. The cloud may refuse it: the user sees that, and nothing has
    /// happened.</summary>
    public void Attempt(Action act)
    {
        try
        {
            act();
        }
        catch (RefusedException refused)
        {
            Trace?.Add($"  refused: {refused.Message}");
            Reach("refused to a bystander");
        }
    }

    /// <summary>Looks at a run for what needs no oracle: defects, secrets, and lost writes.</summary>
    public void Inspect(RunResult result, Stack stack)
    {
        Trace?.AddRange(
            result.Messages.Select(message =>
                $"    {message.Severity}: {(message.Severity == Severity.Debug ? message.Content.Split('\n')[0] : message.Content)}"
            )
        );
        Trace?.AddRange(
            World
                .Cloud.World.Skip(_eventsSeen)
                .Select(past =>
                    $"    {past.At:s} {past.ClusterId} {past.Kind} {past.Operation}{past.Cause} {past.JobId} by {past.Caller}"
                )
        );
        Trace?.Add(
            $"  {(result.Succeeded ? "succeeded" : "failed")}: {string.Join(", ", result.Calls.Where(call => call.Urn.Length > 0))}; {string.Join(", ", stack.State.Resources.Select(each => $"{each.Name} {each.Id} {each.Outputs["state"].Bare switch { PropertyValue.TextValue text => text.Value, _ => "-" }}"))}"
        );
        foreach (var call in result.Calls)
        {
            if (call.Error is not (null or PluginException or ResourceInitException))
                Violate(0, $"{call} threw {call.Error}");
            if (call.Error is RefusalException refusal)
                Reach($"Refuse {refusal.Kind}");
        }

        foreach (
            var match in result
                .Messages.Select(message => Choice().Match(message.Content))
                .Where(match => match.Success)
        )
            Reach(match.Groups["what"].Value);

        InspectSecrets(result, stack);
        InspectSwitchovers();
    }

    /// <summary>Has the oracle judge what happened.</summary>
    public Outcome Judge()
    {
        var visibility = new Visibility(this);
        var limits = new KnownLimits(visibility.Show, visibility.ShowListed, visibility.HasTabs);
        var runs = new Runs(Ledger.Intents, Ledger.Statements);
        try
        {
            Violations.AddRange(new HistoryOracle(World.Cloud.World, runs, limits).Judge());
        }
        catch (InvalidOperationException unasked)
        {
            Violate(0, unasked.Message);
        }

        return new Outcome(Violations, Reached, limits.Uses.CountBy(limit => limit).ToDictionary(), Ends());

        IReadOnlyList<ClusterEnd> Ends() =>
            [
                .. World.Cloud.Clusters.Select(each => new ClusterEnd(
                    each.Id,
                    each.Link?.Source,
                    each.IsReadOnly,
                    each.Link is null ? "" : string.Join(' ', World.Cloud.DataOf(each.Id))
                )),
            ];
    }

    public void Violate(int promise, string description) =>
        Violations.Add(new Violation(promise, World.Time.GetUtcNow(), description));

    public void Dispose() => World.Dispose();

    private void Reach(string what) => Reached[what] = Reached.GetValueOrDefault(what) + 1;

    private void InspectSecrets(RunResult result, Stack stack)
    {
        var output = new StringBuilder();
        foreach (var message in result.Messages)
            output.AppendLine(message.Content);
        foreach (var call in World.Api.Calls.Kept.Where(call => call.Number > _callsSeen))
            output.AppendLine(call.Url);
        foreach (var resource in stack.State.Resources)
        {
            Append(output, resource.Inputs);
            Append(output, resource.Outputs);
        }

        _callsSeen = World.Api.Calls.Total;
        if (Secrets.AppearIn(output.ToString(), Secret))
            Violate(5, "a secret is in a message, an address or an unmarked field");
    }

    private static void Append(StringBuilder output, PropertyMap map)
    {
        foreach (var value in map.Values.Where(value => !value.IsSecret))
        {
            if (value.Bare is PropertyValue.TextValue text)
                output.AppendLine(text.Value);
            else if (value.Bare is PropertyValue.MapValue inner)
                Append(output, inner.Map);
        }
    }

    /// <summary>A switchover of the run that has just ended has moved every write to the promoted cluster, where nobody
    /// else changed the source meanwhile.</summary>
    private void InspectSwitchovers()
    {
        var events = World.Cloud.World;
        foreach (var (index, past) in events.Index().Skip(_eventsSeen))
        {
            var run = Ledger.Intents.Find(intent => $"{intent.Stack}/{intent.Resource}#{intent.Run}" == past.Caller);
            if (
                past.Cause != LinkEnd.PromoteStandby
                || run is not { Operation: "up", Promoted: true, FenceSource: true }
            )
                continue;

            var source = events
                .Take(index)
                .Last(each => each.ClusterId == past.ClusterId && each.Source is not null)
                .Source!.ClusterId;
            var isQuiet = !events.Any(each =>
                each.ClusterId == source
                && each.At >= run.At
                && each.Kind != WorldEventKind.Write
                && each.Caller != past.Caller
            );
            if (!isQuiet || World.Cloud.Cluster(source) is null)
                continue;

            var missing = World.Cloud.DataOf(source).Except(World.Cloud.DataOf(past.ClusterId)).ToList();
            if (missing.Count > 0)
                Violate(9, $"the switchover by {past.Caller} lost the writes {string.Join(", ", missing)}");
        }

        _eventsSeen = events.Count;
    }

    [GeneratedRegex(
        "(?<what>warning [A-Za-z]+$|(?<=chose )[A-Za-z]+( [A-Za-z]+)?)",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Choice();
}
