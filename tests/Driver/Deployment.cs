using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Driver;

/// <summary>What is known of a part of the program: its values, and where it is a resource its URN.</summary>
/// <param name="IsPreviewed">Whether outputs that are missing are not known yet.</param>
internal sealed record Settled(PropertyMap Values, string? Urn, bool IsPreviewed);

/// <summary>Does what the commands do: runs the program, has each resource registered once what it needs is complete,
/// and deletes in the end what is not wanted any more.</summary>
internal sealed class Deployment(Run run, Providers providers)
{
    private readonly Dictionary<string, Task<Settled?>> _settling = new(StringComparer.Ordinal);
    private readonly Registration _registration = new(run, providers);
    private readonly StackProgram _program = run.Stack.Program;

    public async Task UpAsync()
    {
        await RefreshFirstAsync();
        await RunProgramAsync(_registration.RegisterAsync);
        await new Deletions(run, providers, _registration.Registered).DeleteAsync();
    }

    public async Task RefreshAsync()
    {
        var refresh = new Refresh(run, providers);
        if (run.Options.RunProgram)
            await RunProgramAsync(resource => _registration.KeepAsync(resource, refresh.ReadAsync));

        await refresh.ReadAllAsync(state => !_registration.Registered.Contains(state.Urn));
    }

    public async Task DestroyAsync()
    {
        await RefreshFirstAsync();
        if (run.Options.RunProgram)
            await RunProgramAsync(resource => _registration.KeepAsync(resource));

        await new Deletions(run, providers, ImmutableHashSet<string>.Empty).DeleteAsync();
        run.Change(state => state.Resources.IsEmpty ? state with { Outputs = PropertyMap.Empty } : state);
    }

    /// <summary>Reads all resources, or those that the last run left unready; warns of what was interrupted.</summary>
    private async Task RefreshFirstAsync()
    {
        if (run.Options.Refresh)
            await new Refresh(run, providers).ReadAllAsync(_ => true);
        else if (run.State.Resources.Exists(state => state is { RefreshBeforeUpdate: true, Delete: false }))
            await new Refresh(run, providers).ReadAllAsync(state => state.RefreshBeforeUpdate);
        else if (!run.Preview)
            WarnOfInterrupted();
    }

    private void WarnOfInterrupted()
    {
        foreach (var operation in run.State.Pending)
        {
            run.Warning(
                operation.Urn,
                $"The last run was interrupted while {operation.Kind} this resource, and its outcome is not known."
            );
        }

        // Of an existing resource the next look shows what happened; of a creation nothing does.
        run.Change(state => state with { Pending = state.Pending.FindAll(operation => operation.Kind == "creating") });
    }

    private async Task RunProgramAsync(Func<Declaration, Task<Settled?>> register)
    {
        foreach (var (name, settle) in Parts(register))
            _settling[name] = settle();

        await Task.WhenAll(_settling.Values);
        run.ThrowIfStopping();
        if (!run.HasFailed)
        {
            var outputs = Expressions.Resolve(_program.Outputs, Find);
            run.Change(state => state with { Outputs = outputs });
        }
    }

    /// <summary>The parts of the program, each after what it refers to.</summary>
    private List<(string Name, Func<Task<Settled?>> Settle)> Parts(Func<Declaration, Task<Settled?>> register)
    {
        var parts = new Dictionary<string, (IEnumerable<string> References, Func<Task<Settled?>> Settle)>(
            StringComparer.Ordinal
        );
        foreach (var (name, value) in _program.Values)
        {
            var known = new Settled(PropertyMap.Empty.With("", value), null, IsPreviewed: false);
            parts[name] = ([], () => Task.FromResult<Settled?>(known));
        }

        foreach (var function in _program.Functions)
        {
            var needs = Expressions.References(function.Arguments).Concat(Named(function.Provider)).ToList();
            parts[function.Name] = (needs, () => WithAsync(needs, null, () => InvokeAsync(function)));
        }

        foreach (var resource in _program.Resources)
        {
            var needs = resource.References.ToList();
            var urn = run.Stack.UrnOf(resource.Name, resource.Type);
            parts[resource.Name] = (needs, () => WithAsync(needs, urn, () => register(GoalOf(resource))));
        }

        return InOrder(parts);
    }

    private static List<(string, Func<Task<Settled?>>)> InOrder(
        Dictionary<string, (IEnumerable<string> References, Func<Task<Settled?>> Settle)> parts
    )
    {
        var (order, path) = (
            new OrderedDictionary<string, Func<Task<Settled?>>>(StringComparer.Ordinal),
            new Stack<string>()
        );
        foreach (var name in parts.Keys)
            Visit(name);

        return [.. order.Select(part => (part.Key, part.Value))];

        void Visit(string name)
        {
            if (path.Contains(name))
                throw new DriverException($"The program goes in a circle: {string.Join(", ", path)}.");
            if (!parts.TryGetValue(name, out var part))
                throw new DriverException($"'{path.Peek()}' refers to '{name}', which the program does not have.");
            if (order.ContainsKey(name))
                return;

            path.Push(name);
            foreach (var reference in part.References)
                Visit(reference);

            path.Pop();
            order.Add(name, part.Settle);
        }
    }

    /// <summary>Waits for what a part needs; what needs something that failed is left out.</summary>
    private async Task<Settled?> WithAsync(List<string> needs, string? urn, Func<Task<Settled?>> settle)
    {
        var needed = await Task.WhenAll(needs.Select(name => _settling[name]));
        if (needed.Contains(null))
        {
            if (urn is not null)
                _registration.LeaveOut(urn);

            return null;
        }

        run.ThrowIfStopping();
        return await settle();
    }

    private async Task<Settled?> InvokeAsync(FunctionCall function)
    {
        var arguments = Expressions.Resolve(function.Arguments, Find);
        if (arguments.Values.Any(argument => argument.HasUnknowns))
            return new Settled(PropertyMap.Empty, null, IsPreviewed: true);

        var provider = await providers.RegisterAsync(
            function.Provider ?? Providers.Default,
            ConfigurationOf(function.Provider)
        );
        try
        {
            var result = await provider.InvokeAsync(function.Token, arguments);
            return result.Failures.Count == 0
                ? new Settled(result.Return, null, IsPreviewed: false)
                : throw run.Stop(
                    "",
                    string.Join('\n', result.Failures.Select(failure => $"{failure.Property}: {failure.Reason}"))
                );
        }
        catch (PluginException failure)
        {
            throw run.Stop("", $"{function.Token}: {failure.Message}");
        }
    }

    private Declaration GoalOf(Resource resource)
    {
        var inputs = Expressions.Resolve(resource.Inputs, Find);
        var byInput = resource.Inputs.ToImmutableSortedDictionary(
            input => input.Key,
            input => UrnsOf(Expressions.References(input.Value)),
            StringComparer.Ordinal
        );
        var state = new ResourceState(
            run.Stack.UrnOf(resource.Name, resource.Type),
            resource.Type,
            resource.Name,
            PropertyMap.Empty
        )
        {
            Provider = resource.Options.Provider ?? Providers.Default,
            Dependencies = UrnsOf(resource.References),
            InputDependencies = byInput,
            External = resource.Options.Get is not null,
            Options = resource.Options with { ReplaceWith = [.. UrnsOf(resource.Options.ReplaceWith)] },
        };
        return new Declaration(state, inputs, ConfigurationOf(resource.Options.Provider));
    }

    private PropertyMap ConfigurationOf(string? provider) =>
        provider is null ? run.Stack.Configuration : _settling[provider].Result!.Values;

    private ImmutableSortedSet<string> UrnsOf(IEnumerable<string> names) =>
        [.. names.Select(name => _settling[name].Result?.Urn).OfType<string>()];

    private static IEnumerable<string> Named(string? name) => name is null ? [] : [name];

    /// <summary>What <c>name.output.inner</c> refers to.</summary>
    private PropertyValue Find(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var root = end < 0 ? path : path[..end];
        if (_settling[root].Result is not { } settled)
            return PropertyValue.Unknown;

        if (settled.Values.TryGetValue("", out var value))
            return value;

        if (end < 0)
            return PropertyValue.Of(settled.Values);

        return Values.Find(settled.Values, path[end..].TrimStart('.'))
            ?? (settled.IsPreviewed ? PropertyValue.Unknown : PropertyValue.Null);
    }
}
