using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Histories.Scripts;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>A stack of a script: its program, as it is edited, and Pulumi's commands, each of which is written down for
/// the oracle.</summary>
internal sealed class Commands(Scene scene, string name)
{
    private readonly SortedDictionary<string, Declared> _program = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Declared> Program => _program;
    public Stack Stack { get; } = new(scene.World, name) { Configuration = Driver.Simulation.World.Configuration };

    public void Declare(string resource, Declared declared) => _program[resource] = declared;

    public void Drop(string resource) => _program.Remove(resource);

    /// <summary>Gives a resource of the program another name, with its former one as an alias or without.</summary>
    public void Rename(string from, string to, bool hasAlias)
    {
        if (_program.ContainsKey(to) || !_program.Remove(from, out var declared))
            return;

        _program[to] = declared.With("alias", hasAlias ? from : "none");
    }

    /// <summary>Changes the state by hand, as <c>pulumi state</c> does, or an editor.</summary>
    public void EditState(string verb, string resource, string? to, Commands? target)
    {
        if (Stack.State.Find(resource) is not { } known)
            return;

        switch (verb)
        {
            case "rename" when Stack.State.Find(to!) is null:
                Stack.Rename(resource, to!);
                scene.Ledger.Rename(known.Urn, Stack.UrnOf(to!), ClusterOf(known));
                break;
            case "move" when target != this && target!.Stack.State.Find(resource) is null:
                Stack.Move(resource, target.Stack);
                scene.Ledger.Rename(known.Urn, target.Stack.UrnOf(resource), ClusterOf(known));
                break;
            case "delete":
                scene.Ledger.BeginCommand();
                scene.Ledger.Begin(known.Urn, IntentOf(known.Inputs, "forget"));
                Stack.Forget(resource);
                break;
            case "taint":
                Stack.Taint(resource);
                break;
            case "strip":
                Stack.State = Stack.State.With(known with { Outputs = known.Outputs.Without("state") });
                break;
            default:
                break;
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="step">The command.</param>
    /// <param name="isAtRest">Whether nothing disturbs it.</param>
    public async Task<RunResult> RunAsync(Step step, bool isAtRest = false)
    {
        scene.Trace?.Add(
            $"  {name}: {step}, {string.Join("; ", _program.Select(each => $"{each.Key} {string.Join(' ', each.Value.Settings.Select(pair => $"{pair.Key}={pair.Value}"))}"))}"
        );
        Stack.Program = StackProgram.Of([.. Instances(), .. Resources()]);
        var options = OptionsOf(step);
        switch (step.Verb)
        {
            case "up":
                var preview = step.Is("preview") ? await PreviewAsync(options) : null;
                return preview is { Succeeded: false }
                    ? preview
                    : await RunAsync("up", options, () => Stack.UpAsync(options), isAtRest, preview);
            case "preview":
                return await PreviewAsync(options);
            case "refresh":
                return await RunAsync("refresh", options, () => Stack.RefreshAsync(options), isAtRest);
            case "destroy":
                return await RunAsync("destroy", options, () => Stack.DestroyAsync(options), isAtRest);
            case "import":
                return await ImportAsync(step, options);
            default:
                throw new FormatException($"'{step}' is no step.");
        }
    }

    private Task<RunResult> PreviewAsync(RunOptions options)
    {
        var undisturbed = options with { Kill = null, InterruptAfter = null };
        return RunAsync("preview", undisturbed, () => Stack.PreviewAsync(undisturbed));
    }

    private async Task<RunResult> ImportAsync(Step step, RunOptions options)
    {
        var (resource, cluster) = (step.Words[0], step.Words[1]);
        var id = Declared.ImportIdOf(cluster, step.Is("short"));
        var imported = (_program.GetValueOrDefault(resource) ?? Declared.Default).With("cluster", cluster);
        scene.Ledger.BeginCommand();
        scene.Ledger.Begin(Stack.UrnOf(resource), IntentOf(imported.ToInputs(), "import"));
        return await FinishAsync(await Stack.ImportAsync(resource, id, options: options), null);
    }

    private async Task<RunResult> RunAsync(
        string operation,
        RunOptions options,
        Func<Task<RunResult>> run,
        bool isAtRest = false,
        RunResult? preview = null
    )
    {
        var runsProgram = operation is "up" or "preview" || options.RunProgram;
        var aliased = runsProgram ? Stack.Program.Resources.SelectMany(Aliased).ToList() : [];
        aliased.ForEach(pair => scene.Ledger.Rename(pair.Old, pair.New, ClusterOf(Stack.State.Find(pair.Old)!)));
        scene.Ledger.BeginCommand();
        aliased.ForEach(pair => scene.Ledger.Know(pair.Old, pair.New));
        Begin(operation, options, isAtRest, aliased.ToDictionary(pair => pair.Old, pair => pair.New));
        var result = await FinishAsync(await run(), preview);
        foreach (var (old, now) in aliased.Where(pair => Stack.State.Find(pair.New) is null))
            scene.Ledger.TakeBack(old, now);

        return result;
    }

    private async Task<RunResult> FinishAsync(RunResult result, RunResult? preview)
    {
        scene.Ledger.Say(result, preview);
        scene.Inspect(result, Stack);

        // Nothing of the next command falls on the instant at which this one ended.
        await scene.World.PassAsync(TimeSpan.FromSeconds(1));
        return result;
    }

    private IEnumerable<(string Old, string New)> Aliased(Resource resource) =>
        resource
            .Options.Aliases.Select(alias => (Stack.UrnOf(alias), Stack.UrnOf(resource.Name)))
            .Where(pair => Stack.State.Find(pair.Item1) is not null && Stack.State.Find(pair.Item2) is null);

    private void Begin(string operation, RunOptions options, bool isAtRest, IReadOnlyDictionary<string, string> aliased)
    {
        var runsProgram = operation is "up" or "preview";
        var declared = Stack
            .Program.Resources.Where(resource => !resource.IsProvider && (runsProgram || options.RunProgram))
            .ToDictionary(resource => Stack.UrnOf(resource.Name));
        foreach (var (urn, resource) in declared.Where(each => runsProgram && IsTarget(each.Key)))
        {
            var former = aliased.FirstOrDefault(pair => pair.Value == urn).Key;
            BeginDeclared(urn, resource, operation, isAtRest, options.Replace, Stack.State.Find(former ?? urn));
        }

        var left =
            from state in Stack.State.Resources.DistinctBy(state => state.Urn)
            let urn = aliased.GetValueOrDefault(state.Urn, state.Urn)
            where IsTarget(urn) && !(runsProgram && declared.ContainsKey(urn))
            select (urn, state);
        foreach (var (urn, state) in left)
        {
            var retained = declared.GetValueOrDefault(urn)?.Options.RetainOnDelete ?? state.Options.RetainOnDelete;
            var isDeleted = operation is "up" or "destroy";
            var forgets = retained || state.External || state.PendingReplacement;
            var word =
                !isDeleted ? operation
                : forgets ? "forget"
                : "destroy";
            scene.Ledger.Begin(urn, IntentOf(state, word, isAtRest));
        }

        bool IsTarget(string urn) => options.Targets.Count == 0 || options.Targets.Contains(Urns.NameOf(urn));
    }

    private void BeginDeclared(
        string urn,
        Resource resource,
        string operation,
        bool isAtRest,
        IReadOnlyCollection<string> replaced,
        ResourceState? old
    )
    {
        var declared = _program[resource.Name].ToInputs();
        if (operation == "up" && old is { External: false } && resource.Options.Get is { } read && old.Id != read)
        {
            // Another one takes its place that is only read: it is deleted.
            scene.Ledger.Begin(urn, IntentOf(old, "destroy", isAtRest));
            return;
        }

        var word =
            resource.Options.Get is not null ? "preview"
            : operation == "up" && old is not null && IsRecreated(resource, old, replaced) ? "recreation"
            : operation;
        var provider = resource.Options.Provider ?? Providers.Default;
        var intent = IntentOf(declared, word, isAtRest) with
        {
            Provider = provider,
            TwoProcesses = Stack.State.Resources.Any(state =>
                state.Urn == (old?.Urn ?? urn) && state.Provider != provider
            ),
        };
        if (
            operation == "up"
            && old is { Options.RetainOnDelete: true }
            && old.Id != $"{intent.Zone}/{intent.ClusterId}"
        )
            scene.Ledger.Begin(urn, IntentOf(old, "forget", isAtRest));

        var imports = resource.Options.Import is { } id && !(old is not null && (old.Options.Import ?? old.Id) == id);
        if (imports && operation == "up")
        {
            scene.Ledger.Begin(urn, intent with { Operation = "import" });
            scene.Ledger.BeginAfterImport(urn, intent);
        }
        else
        {
            scene.Ledger.Begin(urn, intent);
        }
    }

    /// <summary>Whether the program or the user asks for a replacement that deletes first.</summary>
    private static bool IsRecreated(Resource resource, ResourceState old, IReadOnlyCollection<string> replaced)
    {
        var options = resource.Options;
        var isTriggered =
            options.ReplacementTrigger is not PropertyValue.NullValue
            && old.Options.ReplacementTrigger is not PropertyValue.NullValue
            && !options.ReplacementTrigger.Equals(old.Options.ReplacementTrigger);
        var isAnother = Text(old.Inputs, "clusterId") != Text(resource.Inputs, "clusterId");
        return options.DeleteBeforeReplace == true
            && (
                old.Taint
                || isTriggered
                || isAnother
                || replaced.Contains(resource.Name)
                || !options.ReplaceWith.IsEmpty
            );
    }

    private IEnumerable<Resource> Instances() =>
        _program
            .Values.Select(declared => declared["provider"])
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(instance => Driver.Simulation.World.Instance(instance));

    private IEnumerable<Resource> Resources() =>
        _program.Select(each => each.Value.ToResource(each.Key, _program.Keys));

    private static RunOptions OptionsOf(Step step) =>
        new()
        {
            Refresh = step.Is("refresh"),
            RunProgram = step.Is("program"),
            ContinueOnError = step.Is("goes-on"),
            Replace = step["replace"] is { } replaced ? [replaced] : [],
            Targets = step["target"] is { } target ? [target] : [],
            InterruptAfter = step["cancel"] is { } time ? Simulator.Faults.Durations.Parse(time) : null,
            Kill = KillOf(step["kill"], pluginOnly: false) ?? KillOf(step["kill-plugin"], pluginOnly: true),
        };

    private static Kill? KillOf(string? moment, bool pluginOnly) =>
        moment?.Split('-') is [var call, var side]
            ? new Kill(int.Parse(call, System.Globalization.CultureInfo.InvariantCulture), side == "after")
            {
                PluginOnly = pluginOnly,
            }
            : null;

    /// <summary>What a state declares: an update that has failed leaves the former inputs, but its outputs.</summary>
    private static Intent IntentOf(ResourceState state, string operation, bool isAtRest)
    {
        var intent = IntentOf(state.Inputs, operation, isAtRest);
        return intent with { OnDelete = Text(state.Outputs, "onDelete") ?? intent.OnDelete };
    }

    /// <summary>What inputs declare, in the terms of the oracle.</summary>
    private static Intent IntentOf(PropertyMap inputs, string operation, bool isAtRest = false)
    {
        var source = inputs["source"].Bare is PropertyValue.MapValue map ? map.Map : PropertyMap.Empty;
        var password = Declared.Passwords.IndexOf(Text(source, "password") ?? "");
        var host = Text(source, "host")?.ToLowerInvariant().TrimEnd('.');
        return new Intent(
            default,
            0,
            "",
            "",
            Text(inputs, "clusterId") ?? "",
            Text(inputs, "zone") ?? "",
            Text(source, "clusterId") ?? "",
            Text(inputs, "syncWay") == "increment" ? SyncWay.Increment : SyncWay.Full,
            IsTrue(inputs, "promoted"),
            !inputs.ContainsKey("fenceSource") || IsTrue(inputs, "fenceSource"),
            Text(inputs, "onDelete") ?? "stop",
            Text(inputs, "relinkAfter"),
            operation,
            $"{host}/{Text(source, "user")}/{password}",
            isAtRest,
            HasPassword: password >= 0
        );
    }

    private static string ClusterOf(ResourceState state) => state.Id.Split('/')[^1];

    private static string? Text(PropertyMap map, string name) =>
        map[name].Bare is PropertyValue.TextValue text ? text.Value : null;

    private static bool IsTrue(PropertyMap map, string name) =>
        map[name].Bare is PropertyValue.BoolValue { Value: true };
}
