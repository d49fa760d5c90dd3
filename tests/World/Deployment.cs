using System.Collections.Immutable;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Standby;
using QingCloudMySqlStandby.Standby.Schema;

namespace QingCloudMySqlStandby.World;

/// <summary>One run of the engine.</summary>
internal sealed class Deployment(
    ProgramStack stack,
    ProviderProcess process,
    TimeProvider clock,
    RunOptions options,
    Action<Operation> record,
    CancellationToken cancellationToken)
{
    private ImmutableList<Outcome> _outcomes = [];

    public ImmutableList<Outcome> Outcomes => _outcomes;

    private StateFile State => stack.State;

    private bool MayGoOn => _outcomes.All(outcome => outcome.Error is null) && !cancellationToken.IsCancellationRequested;

    /// <summary>The resources go through Check and Diff one by one, then are worked on side by side; what is gone is deleted last.</summary>
    public async Task UpAsync(IReadOnlyDictionary<string, PropertyMap> program)
    {
        await RefreshUnreadyAsync();
        var steps = new List<Task>();
        foreach (var (name, inputs) in program.OrderBy(resource => resource.Key, StringComparer.Ordinal))
        {
            if (MayGoOn && await CheckAsync(name, inputs) is { } checkedInputs)
            {
                steps.Add(GuardAsync(name, () => StepAsync(name, checkedInputs)));
            }
        }

        await Task.WhenAll(steps);
        await DeleteAllAsync(State.Resources.Keys.Except(program.Keys, StringComparer.Ordinal));
    }

    public async Task DestroyAsync()
    {
        await RefreshUnreadyAsync();
        await DeleteAllAsync(State.Resources.Keys);
    }

    public Task RefreshAsync() =>
        Task.WhenAll(State.Resources.Keys.Select(name => GuardAsync(name, () => RefreshAsync(name)))
            .Concat(State.Replaced.Select(old => GuardAsync(old.Name, () => RefreshReplacedAsync(old)))).ToList());

    public Task ImportAsync(string name, string id) => GuardAsync(name, async () =>
    {
        if (State.Resources.ContainsKey(name))
        {
            throw new PluginException(PluginErrorCode.FailedPrecondition, $"resource '{name}' already exists");
        }

        var read = await ReadAsync(name, id, stored: null);
        if (read is null)
        {
            return "not found";
        }

        Save(State.With(name, new StoredResource(read.Id, read.Inputs, read.State, NeedsUpdate: false)));
        return "import";
    });

    private Task RefreshUnreadyAsync() => Task.WhenAll(State.Resources
        .Where(resource => resource.Value.NeedsUpdate)
        .Select(resource => GuardAsync(resource.Key, () => RefreshAsync(resource.Key), isPart: true))
        .ToList());

    private async Task<PropertyMap?> CheckAsync(string name, PropertyMap inputs)
    {
        var olds = State.Resources.GetValueOrDefault(name)?.Inputs ?? PropertyMap.Empty;
        var check = await process.Provider.CheckAsync(
            new CheckRequest(Urn(name), Names.StandbyReplication, olds, inputs), cancellationToken);
        if (check.Failures.Count > 0)
        {
            Note(name, "check", new PluginException(
                PluginErrorCode.InvalidArgument,
                string.Join(' ', check.Failures.Select(failure => $"{failure.Property} {failure.Reason}"))));
            return null;
        }

        return check.Inputs;
    }

    private async Task<string> StepAsync(string name, PropertyMap inputs)
    {
        if (State.Resources.GetValueOrDefault(name) is not { } stored)
        {
            await CreateAsync(name, inputs, replaced: null);
            return "create";
        }

        var diff = await DiffAsync(name, stored, inputs);
        if (options.Replace == name || diff.Changes.Values.Any(change => change.Replace))
        {
            await ReplaceAsync(name, stored, inputs, diff.DeleteBeforeReplace);
            return "replace";
        }

        if (diff.Changes.Count > 0 || stored.NeedsUpdate)
        {
            await UpdateAsync(name, stored, inputs);
            return "update";
        }

        Save(options.Preview ? State : State.With(name, stored with { Inputs = inputs }));
        return "same";
    }

    private async Task ReplaceAsync(string name, StoredResource stored, PropertyMap inputs, bool oldFirst)
    {
        if (oldFirst && !options.Preview)
        {
            await DeleteAsync(name, stored);
            Save(State.Without(name));
            cancellationToken.ThrowIfCancellationRequested();
        }

        await CreateAsync(name, inputs, oldFirst && !options.Preview ? null : stored, stored.Id);
    }

    private async Task CreateAsync(string name, PropertyMap inputs, StoredResource? replaced, string? replacedId = null)
    {
        var operation = Begin(new Operation(OperationKind.Create, name, IdOf(inputs), clock.GetUtcNow())
        {
            IsPreview = options.Preview,
            NewInputs = inputs,
            ReplacedId = replacedId,
        });
        var request = new CreateRequest(Urn(name), Names.StandbyReplication, inputs, null, options.Preview);
        await KeepingPartialAsync(
            operation,
            inputs,
            async () =>
            {
                var result = await process.Provider.CreateAsync(request, cancellationToken);
                return new StoredResource(result.Id, inputs, result.State, NeedsUpdate: false);
            },
            created => replaced is null ? State.With(name, created) : State.With(name, created).WithReplaced(name, replaced));
    }

    private async Task UpdateAsync(string name, StoredResource stored, PropertyMap inputs)
    {
        var operation = Begin(new Operation(OperationKind.Update, name, stored.Id, clock.GetUtcNow())
        {
            IsPreview = options.Preview,
            OldState = stored.State,
            NewInputs = inputs,
        });
        var request = new UpdateRequest(
            stored.Id, Urn(name), Names.StandbyReplication, stored.State, stored.Inputs, inputs, null, options.Preview);
        await KeepingPartialAsync(
            operation,
            inputs,
            async () =>
            {
                var result = await process.Provider.UpdateAsync(request, cancellationToken);
                return new StoredResource(stored.Id, inputs, result.State, NeedsUpdate: false);
            },
            updated => State.With(name, updated));
    }

    /// <summary>A resource that exists but is not ready goes into the state file, and the error to the user.</summary>
    private async Task KeepingPartialAsync(
        Operation operation, PropertyMap inputs, Func<Task<StoredResource>> act, Func<StoredResource, StateFile> saved)
    {
        try
        {
            var resource = await ActAsync(operation, act);
            operation.NewState = resource.State;
            Save(options.Preview ? State : saved(resource));
        }
        catch (ResourceInitException partial)
        {
            operation.NewState = partial.State;
            Save(options.Preview ? State : saved(new StoredResource(partial.Id, inputs, partial.State, NeedsUpdate: true)));
            throw;
        }
    }

    private async Task DeleteAllAsync(IEnumerable<string> names)
    {
        if (!MayGoOn || options.Preview)
        {
            return;
        }

        var removed = names.Select(name => (name, State.Resources[name])).ToList();
        var deletions = State.Replaced
            .Select(old => GuardAsync(old.Name, () => DeleteAsync(old.Name, old.Resource, () => State.WithoutReplaced(old))))
            .Concat(removed.Select(old => GuardAsync(old.name, () => DeleteAsync(old.name, old.Item2, () => State.Without(old.name)))));
        await Task.WhenAll(deletions.ToList());
    }

    private async Task<string> DeleteAsync(string name, StoredResource stored, Func<StateFile> saved)
    {
        await DeleteAsync(name, stored);
        Save(saved());
        return "delete";
    }

    private Task<bool> DeleteAsync(string name, StoredResource stored)
    {
        var operation = Begin(new Operation(OperationKind.Delete, name, stored.Id, clock.GetUtcNow()) { OldState = stored.State });
        var request = new DeleteRequest(stored.Id, Urn(name), Names.StandbyReplication, stored.State, stored.Inputs, null);
        return ActAsync(operation, async () =>
        {
            await process.Provider.DeleteAsync(request, cancellationToken);
            return true;
        });
    }

    private async Task<string> RefreshAsync(string name)
    {
        var stored = State.Resources[name];
        var read = await ReadAsync(name, stored.Id, stored);
        if (read is null)
        {
            Save(State.Without(name));
            return "gone";
        }

        Save(State.With(name, stored with { Inputs = read.Inputs, State = read.State, NeedsUpdate = false }));
        var diff = await DiffAsync(name, State.Resources[name], stored.Inputs);
        return diff.Changes.Count == 0 ? "same" : "update";
    }

    private async Task<string> RefreshReplacedAsync(ReplacedResource old)
    {
        var (name, stored) = old;
        var read = await ReadAsync(name, stored.Id, stored);
        Save(State.WithoutReplaced(old));
        if (read is not null)
        {
            Save(State.WithReplaced(name, stored with { Inputs = read.Inputs, State = read.State, NeedsUpdate = false }));
        }

        return "same";
    }

    private Task<ReadResult?> ReadAsync(string name, string id, StoredResource? stored)
    {
        var operation = Begin(new Operation(OperationKind.Read, name, id, clock.GetUtcNow()) { OldState = stored?.State });
        var request = new ReadRequest(
            id, Urn(name), Names.StandbyReplication, stored?.State ?? PropertyMap.Empty, stored?.Inputs ?? PropertyMap.Empty, null);
        return ActAsync(operation, async () =>
        {
            var read = await process.Provider.ReadAsync(request, cancellationToken);
            operation.NewState = read?.State;
            return read;
        });
    }

    private Task<DiffResult> DiffAsync(string name, StoredResource stored, PropertyMap inputs) => process.Provider.DiffAsync(
        new DiffRequest(stored.Id, Urn(name), Names.StandbyReplication, stored.State, stored.Inputs, inputs, []), cancellationToken);

    private async Task<T> ActAsync<T>(Operation operation, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error)
        {
            operation.Error = error;
            throw;
        }
        finally
        {
            operation.Ended = process.IsDead ? null : clock.GetUtcNow();
        }
    }

    /// <summary>Runs what is done to one resource, and notes how it ended; of a mere part, only its failure.</summary>
    private async Task GuardAsync(string name, Func<Task<string>> act, bool isPart = false)
    {
        try
        {
            var done = await act();
            if (!isPart)
            {
                Note(name, done, null);
            }
        }
        catch (Exception error) when (error is PluginException or ResourceInitException or OperationCanceledException)
        {
            Note(name, "failed", error);
        }
    }

    private Operation Begin(Operation operation)
    {
        record(operation);
        return operation;
    }

    private void Note(string name, string done, Exception? error) => _outcomes = _outcomes.Add(new Outcome(name, done, error));

    private void Save(StateFile state)
    {
        if (!process.IsDead)
        {
            stack.State = state;
        }
    }

    private static string IdOf(PropertyMap inputs) =>
        $"{((PropertyValue.TextValue)inputs["zone"].Bare).Value}/{((PropertyValue.TextValue)inputs["clusterId"].Bare).Value}";

    private static string Urn(string name) => $"urn:pulumi:dev::shop::{Names.StandbyReplication}::{name}";
}
