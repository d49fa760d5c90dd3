namespace QingCloudMySqlStandby.Driver;

/// <summary>What the program wants of one resource.</summary>
/// <param name="Resource">The resource, still without inputs and outputs.</param>
/// <param name="Inputs">Its inputs, before Check.</param>
/// <param name="Configuration">The configuration of its provider instance.</param>
internal sealed record Declaration(ResourceState Resource, PropertyMap Inputs, PropertyMap Configuration);

/// <summary>Makes resources what the program wants. Check and Diff decide for one resource at a time what it needs; the
/// steps are taken many at a time.</summary>
internal sealed class Registration(Run run, Providers providers)
{
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recreated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private Task _planning = Task.CompletedTask;

    /// <summary>The URNs that the program has registered.</summary>
    public IReadOnlySet<string> Registered => _registered;

    /// <summary>Leaves a resource as it is, since what it needs has failed.</summary>
    public void LeaveOut(string urn) => _registered.Add(urn);

    /// <summary>Registers a resource; ends when it is what the program wants, or null when that failed and the run goes
    /// on.</summary>
    public async Task<Settled?> RegisterAsync(Declaration goal)
    {
        if (await ProviderAsync(goal) is { } provider)
            return provider;

        if (goal.Resource.External)
            return SettledOf(await InTurnAsync(goal, () => ReadAsync(goal)));

        if (!await ImportAsync(goal))
            return null;

        var take = await InTurnAsync(goal, () => PlanAsync(goal));
        return SettledOf(await take());
    }

    /// <summary>Takes a resource of the state as the program's, without making anything of it.</summary>
    public async Task<Settled?> KeepAsync(Declaration goal, Func<ResourceState, Task>? act = null)
    {
        if (await ProviderAsync(goal) is { } provider)
            return provider;

        await providers.RegisterAsync(goal.Resource.Provider, goal.Configuration);
        var urn = goal.Resource.Urn;
        _registered.Add(urn);
        if (Old(goal) is not { } old)
            return new Settled(PropertyMap.Empty, urn, IsPreviewed: true);

        var kept = goal.Resource with { Id = old.Id, Inputs = old.Inputs, Outputs = old.Outputs };
        run.Change(state => run.Put(state, old, kept));
        if (act is not null)
            await act(kept);

        return SettledOf(run.State.Find(urn));
    }

    /// <summary>An instance of the provider is configured, whether a resource uses it or not.</summary>
    private async Task<Settled?> ProviderAsync(Declaration goal)
    {
        if (!goal.Resource.Type.StartsWith(Resource.ProviderPrefix, StringComparison.Ordinal))
            return null;

        await providers.RegisterAsync(goal.Resource.Name, goal.Inputs);
        return new Settled(goal.Inputs, null, IsPreviewed: false);
    }

    private Settled? SettledOf(ResourceState? resource) =>
        resource is null
            ? null
            : new Settled(
                resource
                    .Outputs.With("urn", resource.Urn)
                    .With("id", resource.Id.Length > 0 ? PropertyValue.Of(resource.Id) : PropertyValue.Unknown),
                resource.Urn,
                run.Preview
            );

    /// <summary>One resource is decided on at a time; what its provider cannot decide ends the run.</summary>
    private async Task<T> InTurnAsync<T>(Declaration goal, Func<Task<T>> decide)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _planning, mine.Task);
        await before;
        try
        {
            run.ThrowIfStopping();
            await providers.RegisterAsync(goal.Resource.Provider, goal.Configuration);
            return await decide();
        }
        catch (Exception failure)
            when (failure is not (RunStoppedException or DriverException) && !run.Abandoned.IsCancellationRequested)
        {
            throw run.Stop(goal.Resource.Urn, failure.Message);
        }
        finally
        {
            mine.SetResult();
        }
    }

    private ResourceState? Old(Declaration goal) =>
        goal
            .Resource.Options.Aliases.Select(alias =>
                Urns.IsUrn(alias) ? alias : Urns.Renamed(goal.Resource.Urn, alias)
            )
            .Prepend(goal.Resource.Urn)
            .Select(urn => run.State.Resources.Find(state => !state.Delete && state.Urn == urn))
            .FirstOrDefault(known => known is not null);

    private async Task<ResourceState?> ReadAsync(Declaration goal)
    {
        var old = Old(goal);
        var (read, id) = (goal.Resource, goal.Resource.Options.Get!);
        _registered.Add(read.Urn);
        var provider = await providers.EnsureAsync(read.Provider);
        var succeeded = await run.TakeAsync(
            StepKind.Read,
            old,
            read,
            DiffResult.None,
            async () =>
                await provider.ReadAsync(read, id, goal.Inputs, PropertyMap.Empty)
                ?? throw new PluginException(PluginErrorCode.FailedPrecondition, $"There is no resource '{id}'."),
            (state, now) =>
                // Of what is read by the id that it has already, only the management ends.
                old is { External: false }
                && old.Id != id
                    ? run.Put(state.With(old with { Delete = true }), null, now!)
                    : run.Put(state, old, now!)
        );
        return succeeded ? run.State.Find(read.Urn) : null;
    }

    /// <summary>Takes an existing resource in before anything is decided about it.</summary>
    private async Task<bool> ImportAsync(Declaration goal)
    {
        var (resource, old) = (goal.Resource, Old(goal));
        if (resource.Options.Import is not { } id || old is not null && (old.Options.Import ?? old.Id) == id)
            return true;

        var provider = await providers.RegisterAsync(resource.Provider, goal.Configuration);
        return await new Imports(run, providers).TakeAsync(provider, old, resource, id);
    }

    private async Task<Func<Task<ResourceState?>>> PlanAsync(Declaration goal)
    {
        var (old, urn) = (Old(goal), goal.Resource.Urn);
        if (!_registered.Add(urn))
            throw run.Stop(urn, $"The program has two resources '{urn}'.");
        if (!run.IsTarget(urn))
            return KeepAsItIs(goal.Resource, old);
        if (goal.Resource.Dependencies.Overlaps(_skipped))
            throw run.Stop(urn, "It depends on a resource that is not created because it is no target.");

        var provider = await providers.EnsureAsync(goal.Resource.Provider);
        if (old is null)
            return Create(provider, await CheckAsync(provider, goal, null));
        if (_recreated.Contains(urn))
            return Replace(provider, await CheckAsync(provider, goal, null), old, DiffResult.None);

        var isAskedFor = run.IsReplacementAskedFor(urn, old);
        var news = await CheckAsync(provider, goal, isAskedFor ? null : old);
        var (diff, replaces) = await CompareAsync(provider, goal, news, old);
        if (replaces || old.PendingReplacement)
        {
            // A replacement starts anew: nothing of the old inputs goes into the defaults.
            news = isAskedFor ? news : await CheckAsync(provider, goal, null);
            return await ReplaceAsync(provider, news, old, diff);
        }

        // A resource that is not ready is updated even when nothing has changed.
        return diff.Changes.Count > 0 || !old.InitErrors.IsEmpty ? Update(provider, news, old, diff) : Same(news, old);
    }

    private async Task<ResourceState> CheckAsync(Provider provider, Declaration goal, ResourceState? old)
    {
        var resource = goal.Resource;
        var check = await provider.CheckAsync(
            resource,
            old?.Inputs ?? PropertyMap.Empty,
            old is null ? goal.Inputs : Values.Ignoring(resource.Options.IgnoreChanges, goal.Inputs, old.Inputs)
        );
        foreach (var failure in check.Failures)
            run.Report(resource.Urn, $"{failure.Property}: {failure.Reason}");

        return check.Failures.Count == 0 ? resource with { Inputs = check.Inputs } : throw run.Stop();
    }

    /// <summary>Finds out what changes, and whether that replaces the resource. Where the program or the user asks for
    /// a replacement, the provider is not asked.</summary>
    private async Task<(DiffResult Diff, bool Replaces)> CompareAsync(
        Provider provider,
        Declaration goal,
        ResourceState news,
        ResourceState old
    )
    {
        if (
            IsTriggered(old.Options.ReplacementTrigger, news.Options.ReplacementTrigger)
            || run.IsReplacementAskedFor(news.Urn, old)
            || news.Options.ReplaceWith.Exists(_replaced.Contains)
        )
        {
            return (DiffResult.None, true);
        }

        if (old.Provider != news.Provider && await IsAnotherPlaceAsync(provider, goal, old))
            return (DiffResult.None, true);

        var diff = await provider.DiffAsync(old with { Options = news.Options }, news.Urn, news.Inputs);
        return (diff, Replaces(diff, news.Options));
    }

    private static bool Replaces(DiffResult diff, ResourceOptions options) =>
        diff.Changes.Any(change => change.Value.Replace || Values.Covers(options.ReplaceOnChanges, change.Key));

    private static bool IsTriggered(PropertyValue old, PropertyValue news) =>
        old.HasUnknowns
        || news.HasUnknowns
        || (
            old is not PropertyValue.NullValue
            && news is not PropertyValue.NullValue
            && !Values.Strip(old).Equals(Values.Strip(news))
        );

    /// <summary>Another provider instance replaces a resource only when the provider says that its configuration means
    /// another place.</summary>
    private async Task<bool> IsAnotherPlaceAsync(Provider provider, Declaration goal, ResourceState old)
    {
        var before = run.Before.Providers[old.Provider];
        var diff = await provider.DiffConfigAsync(before, run.State.Providers[goal.Resource.Provider]);
        return diff.Changes.Values.Any(change => change.Replace);
    }

    private Func<Task<ResourceState?>> KeepAsItIs(ResourceState news, ResourceState? old)
    {
        if (old is null)
        {
            _skipped.Add(news.Urn);
            return () => Task.FromResult<ResourceState?>(news);
        }

        // One that is known by an alias keeps its former name.
        _registered.Add(old.Urn);
        run.Record(StepKind.Same, old, old, state => run.Put(state, old, old));
        return () => Task.FromResult<ResourceState?>(old);
    }

    private Func<Task<ResourceState?>> Same(ResourceState news, ResourceState old)
    {
        var same = news with { Id = old.Id, Outputs = Values.MarkSecrets(old.Outputs, news.Inputs) };
        return () =>
        {
            run.Record(StepKind.Same, old, same, state => run.Put(state, old, same));
            return Task.FromResult<ResourceState?>(same);
        };
    }

    private Func<Task<ResourceState?>> Create(Provider provider, ResourceState news) =>
        () =>
            TakenAsync(
                news,
                StepKind.Create,
                null,
                DiffResult.None,
                () => provider.CreateAsync(news),
                (state, now) => run.Put(state, null, now)
            );

    private Func<Task<ResourceState?>> Update(
        Provider provider,
        ResourceState news,
        ResourceState old,
        DiffResult diff
    ) =>
        () =>
            TakenAsync(
                news,
                StepKind.Update,
                old,
                diff,
                () => provider.UpdateAsync(old, news),
                (state, now) => run.Put(state, old, now)
            );

    /// <summary>Creates the new one of a replacement; the old one is deleted already, or in the end.</summary>
    private Func<Task<ResourceState?>> Replace(
        Provider provider,
        ResourceState news,
        ResourceState old,
        DiffResult diff
    ) =>
        () =>
        {
            // It may have been deleted since this was decided.
            var current = run.State.Resources.Find(state => !state.Delete && state.Urn == old.Urn);
            return TakenAsync(
                news,
                StepKind.CreateReplacement,
                current,
                diff,
                () => provider.CreateAsync(news),
                (state, now) =>
                    current is { PendingReplacement: false }
                        ? run.Put(state.With(current with { Delete = true }), null, now)
                        : run.Put(state, current, now)
            );
        };

    private async Task<ResourceState?> TakenAsync(
        ResourceState news,
        StepKind kind,
        ResourceState? old,
        DiffResult diff,
        Func<Task<ResourceState>> act,
        Func<StackState, ResourceState, StackState> edit
    )
    {
        ResourceState? taken = null;
        var succeeded = await run.TakeAsync(
            kind,
            old,
            news,
            diff,
            async () => taken = await act(),
            (state, now) => edit(state, now!)
        );
        return succeeded ? taken : null;
    }

    private async Task<Func<Task<ResourceState?>>> ReplaceAsync(
        Provider provider,
        ResourceState news,
        ResourceState old,
        DiffResult diff
    )
    {
        RefuseToReplace(news, old);
        _replaced.Add(news.Urn);
        if (!(news.Options.DeleteBeforeReplace ?? diff.DeleteBeforeReplace))
            return Replace(provider, news, old, diff);

        var condemned = await DependentsAsync(old);
        foreach (var dependent in condemned.Where(dependent => dependent.Options.Protect))
            throw run.Stop(
                news.Urn,
                $"It cannot be replaced: '{dependent.Name}' is protected and would be replaced too."
            );

        _recreated.UnionWith(condemned.Select(dependent => dependent.Urn));
        var create = Replace(provider, news, old, diff);
        condemned.Reverse();
        return async () =>
        {
            var deletions = new Deletions(run, providers, _registered);
            foreach (var each in condemned.Append(old).Where(each => !each.PendingReplacement))
            {
                if (!await deletions.DeleteForReplacementAsync(each))
                    return null;
            }

            return await create();
        };
    }

    private void RefuseToReplace(ResourceState news, ResourceState old)
    {
        if (news.Options.Protect && old.Options.Protect)
            throw run.Stop(news.Urn, "It is protected and cannot be replaced.");
        if (news.Options.Import is not null && !run.Preview)
            throw run.Stop(
                news.Urn,
                "An imported resource cannot be replaced while the program has its import option."
            );
    }

    /// <summary>The resources that depend on one, are not registered yet, and would be replaced with it.</summary>
    private async Task<List<ResourceState>> DependentsAsync(ResourceState root)
    {
        var (found, replaced) = (new List<ResourceState>(), new HashSet<string>(StringComparer.Ordinal) { root.Urn });
        foreach (var candidate in run.State.Resources)
        {
            if (candidate.Delete || candidate.External || _registered.Contains(candidate.Urn))
                continue;

            var inputs = candidate
                .InputDependencies.Where(input => input.Value.Overlaps(replaced))
                .Aggregate(candidate.Inputs, (known, input) => known.With(input.Key, PropertyValue.Unknown));
            var isReplaced =
                candidate.Options.ReplaceWith.Exists(replaced.Contains)
                || (!inputs.Equals(candidate.Inputs) && await WouldBeReplacedAsync(candidate, inputs));
            if (isReplaced && replaced.Add(candidate.Urn))
                found.Add(candidate);
        }

        return found;
    }

    private async Task<bool> WouldBeReplacedAsync(ResourceState candidate, PropertyMap inputs)
    {
        var provider = await providers.EnsureAsync(candidate.Provider);
        return Replaces(await provider.DiffAsync(candidate, candidate.Urn, inputs), candidate.Options);
    }
}
