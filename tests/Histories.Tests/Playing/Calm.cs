using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Histories.Scripts;
using RefusalException = QingCloudMySqlStandby.Link.RefusalException;
using RefusalKind = QingCloudMySqlStandby.Link.RefusalKind;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>The end of a history: nothing disturbs any more, jobs end, and the user follows what each refusal offers. Every
/// program must come to rest.</summary>
/// <param name="scene">The history.</param>
/// <param name="wish">What the user prefers: <c>relink</c>, <c>accept</c>, <c>import</c> or <c>remove</c>.</param>
internal sealed partial class Calm(Scene scene, string wish)
{
    private const int MostRuns = 12;
    private static readonly Step Up = Step.Parse("up");
    private static readonly Step UpWithRefresh = Step.Parse("up refresh=true");

    private readonly Dictionary<string, int> _offers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notImportable = new(StringComparer.Ordinal);

    /// <summary>Ends what disturbs, and brings the clusters back that are stopped or deleted.</summary>
    public async Task RestoreAsync()
    {
        var cloud = scene.World.Cloud;
        scene.World.Api.Faults.Clear();
        cloud.ClearJobPlans();
        scene.SetForeign(false);
        foreach (var service in new[] { "start_standby", "stop_standby", "promote_standby", "set_readonly" })
            cloud.SetDuration(service, TimeSpan.FromSeconds(10));

        foreach (var cluster in Declared.Clusters.Select(Declared.IdOf))
            cloud.SetLagging(cluster, lagging: false);

        await scene.World.PassAsync(TimeSpan.FromDays(2));
        foreach (var cluster in Declared.Clusters.Select(Declared.IdOf).Select(cloud.Cluster).OfType<ClusterView>())
        {
            _ = cluster.Status switch
            {
                ClusterStatus.Stopped => cloud.StartCluster(cluster.Id),
                ClusterStatus.Suspended => cloud.Resume(cluster.Id),
                ClusterStatus.Deleted => cloud.RecoverCluster(cluster.Id),
                _ => null,
            };
        }

        await scene.World.PassAsync(TimeSpan.FromHours(9));
    }

    /// <summary>Of several resources that want one cluster only the first stays.</summary>
    public static void Settle(IReadOnlyList<Commands> stacks)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stack in stacks)
        {
            foreach (var (name, declared) in stack.Program.ToList())
            {
                var isImpossible = declared.ClusterId == declared.SourceId;
                if (!declared.Is("get") && (isImpossible || !taken.Add(declared.ClusterId)))
                    Remove(stack, name);
                else
                    stack.Declare(name, Possible(declared, stack.Stack.State.Find(name) is not null));
            }
        }
    }

    /// <summary>What cannot work is corrected: a time limit that no job can keep, a zone that is another cluster's, a
    /// placeholder; and an import is over once it was made.</summary>
    private static Declared Possible(Declared declared, bool isKnown) =>
        declared
            .With("limit", "none")
            .With("zone", "own")
            .With("import", isKnown || declared["import"] is null ? "none" : "full")
            .With("password", declared["password"] is "placeholder" or null ? "1" : declared["password"]!);

    /// <summary>Runs a program until nothing changes any more.</summary>
    public async Task ComeToRestAsync(Commands stack)
    {
        RunResult? last = null;
        for (var runs = 0; runs < MostRuns; runs++)
        {
            last = await stack.RunAsync(runs % 2 == 0 ? Up : UpWithRefresh);
            if (last.Succeeded && !Changes(last).Any() && runs % 2 == 1)
            {
                var rest = await stack.RunAsync(UpWithRefresh, isAtRest: true);
                if (!rest.Succeeded || Changes(rest).Any())
                    scene.Violate(6, $"{stack.Stack.Name} was at rest, and is not any more: {Summary(rest)}");

                return;
            }

            if (!last.Succeeded)
                Follow(stack, last);
        }

        scene.Violate(6, $"{stack.Stack.Name} does not come to rest: {Summary(last!)}");
    }

    /// <summary>What a program only reads may change with each refresh.</summary>
    private static IEnumerable<StepRecord> Changes(RunResult run) =>
        run.Steps.Where(step => step is { IsChange: true } and not { Old.External: true });

    private static string Summary(RunResult run) =>
        string.Join(" / ", run.Errors.Concat(Changes(run).Select(step => $"{step.Kind} {step.Name}")));

    /// <summary>Does what an error offers; another thing where the first did not help.</summary>
    private void Follow(Commands stack, RunResult run)
    {
        var kinds = run
            .Calls.Where(call => call.Error is RefusalException)
            .ToLookup(call => call.Urn, call => ((RefusalException)call.Error!).Kind);
        foreach (
            var (urn, error) in run
                .Messages.Where(each => each is { Severity: Severity.Error, Urn.Length: > 0 })
                .Select(each => (each.Urn, each.Content))
        )
        {
            var offers = kinds[urn].Contains(RefusalKind.Circle)
                ? [() => Remove(stack, Urns.NameOf(urn))]
                : Offers(stack, urn, error).ToList();
            if (offers.Count == 0)
                continue;

            // Instants and jobs differ each time.
            var problem = urn + Digits().Replace(error, "");
            var tried = _offers.GetValueOrDefault(problem);
            _offers[problem] = tried + 1;
            offers[tried % offers.Count]();
        }
    }

    /// <summary>What an error offers, a line each. A line that begins with a condition counts where it holds: the user
    /// looks at the console.</summary>
    private IEnumerable<Action> Offers(Commands stack, string urn, string error)
    {
        var name = Urns.NameOf(urn);
        var declared = stack.Program.GetValueOrDefault(name);
        var link = declared is null ? null : scene.World.Cloud.LinkOf(declared.ClusterId);
        var lines = error
            .Split('\n')
            .Where(line =>
                Condition().Match(line) is not { Success: true } condition
                || condition.Groups["no"].Success == link is null
            );
        return lines
            .SelectMany(line => declared is null ? [] : Offers(stack, name, declared, line))
            .Concat(
                lines.Where(line => Removal().IsMatch(line)).Select(_ => new Offer("remove", () => Remove(stack, name)))
            )
            .OrderBy(offer => offer.Wish != wish)
            .Select(offer => offer.Do);
    }

    private IEnumerable<Offer> Offers(Commands stack, string name, Declared declared, string line)
    {
        if (Consent().Match(line) is { Success: true } consent)
            yield return Set("relink", "relink", consent.Groups["value"].Value);
        if (line.Contains("promoted: true", StringComparison.Ordinal) && !declared.Promoted)
            yield return Set("accept", "promoted", "true");
        if (line.Contains("promoted: false", StringComparison.Ordinal) && declared.Promoted)
            yield return Set("relink", "promoted", "false");
        if (line.Contains("fenceSource: false", StringComparison.Ordinal))
            yield return Set("relink", "fence", "false");
        if (FullCopy().IsMatch(line) && declared.SyncWay == SyncWay.Increment)
            yield return Set("relink", "way", "full");
        if (line.Contains("source that is to be left", StringComparison.Ordinal))
            yield return Set(
                "relink",
                "source",
                Declared.NameOf(scene.World.Cloud.LinkOf(declared.ClusterId)?.Source.ClusterId)
            );
        if (line.Contains("does not support importing", StringComparison.Ordinal))
            yield return new Offer("", () => GiveImportUp(stack, name, declared));
        if (line.Contains("while the program has its import option", StringComparison.Ordinal))
            yield return Set("", "import", "none");
        if (line.Contains("onDelete: stop and removing the resource", StringComparison.Ordinal))
            yield return declared.OnDelete == "stop"
                ? new Offer("remove", () => stack.Drop(name))
                : Set("remove", "onDelete", "stop");
        if (line.Contains("Stop the link, and create it", StringComparison.Ordinal))
            yield return new Offer("", () => StopAndCreate(stack, name, declared));
        if (line.Contains("pulumi import", StringComparison.Ordinal) && !_notImportable.Contains(declared.ClusterId))
            yield return new Offer("import", () => Import(stack, name, declared));

        Offer Set(string kind, string setting, string value) =>
            new(kind, () => stack.Declare(name, declared.With(setting, value)));
    }

    /// <summary>Has the next run import the link.</summary>
    private static void Import(Commands stack, string name, Declared declared)
    {
        Remove(stack, name);
        stack.Declare(name, declared.With("import", "full"));
    }

    /// <summary>There is no link to import, says the warning: the user follows another offer.</summary>
    private void GiveImportUp(Commands stack, string name, Declared declared)
    {
        _notImportable.Add(declared.ClusterId);
        stack.Declare(name, declared.With("import", "none"));
    }

    private void StopAndCreate(Commands stack, string name, Declared declared)
    {
        scene.Attempt(() => scene.World.Cloud.StopByConsole(declared.ClusterId));
        GiveImportUp(stack, name, declared);
    }

    /// <summary>Takes a resource out of program and state; the cluster stays as it is.</summary>
    private static void Remove(Commands stack, string name)
    {
        stack.Drop(name);
        stack.EditState("delete", name, null, null);
        stack.Stack.State = stack.Stack.State with
        {
            Resources = stack.Stack.State.Resources.RemoveAll(each => each.Name == name),
        };
    }

    [GeneratedRegex(@"j-[a-z0-9]+|\d", RegexOptions.None, 60_000)]
    private static partial Regex Digits();

    [GeneratedRegex("^- if (the console shows|it is) (?<no>no link|not linked)?", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Condition();

    [GeneratedRegex("state delete|leav(e|ing) the resource out|remove one of the two", RegexOptions.None, 60_000)]
    private static partial Regex Removal();

    [GeneratedRegex("syncWay: full|set syncWay to full", RegexOptions.None, 60_000)]
    private static partial Regex FullCopy();

    [GeneratedRegex(@"relinkAfter: (?<value>[-A-Za-z0-9:]+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Consent();

    private sealed record Offer(string Wish, Action Do);
}
