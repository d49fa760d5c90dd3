using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Standby;
using QingCloudMySqlStandby.Standby.Schema;

namespace QingCloudMySqlStandby.World;

/// <summary>A resource in the state file.</summary>
public sealed record StoredResource(string Id, PropertyMap Inputs, PropertyMap State, bool NeedsUpdate);

/// <summary>How a run ended: what was done to the resource, or the error that the user saw.</summary>
public sealed record RunResult(string Done, Exception? Error)
{
    public string Message => Error?.Message ?? "";

    public bool IsSuccess => Error is null;
}

/// <summary>
/// The engine's part for one resource, as the real engine plays it: which calls a preview, an up, a refresh, an import and a
/// destroy make, in which order, and what of their answers goes into the state file. Every run starts a fresh process.
/// </summary>
public sealed class Stack(SimulatedWorld world, string name = "orders-dr")
{
    public string Urn { get; } = $"urn:pulumi:dev::shop::{Names.StandbyReplication}::{name}";

    /// <summary>The state file.</summary>
    public StoredResource? Stored { get; set; }

    /// <summary>The output <c>state</c> in the state file.</summary>
    public string? LinkState => Stored?.State["state"] is PropertyValue.TextValue text ? text.Value : null;

    public Task<RunResult> PreviewAsync(PropertyMap? program) => RunAsync(program, preview: true, CancellationToken.None);

    public Task<RunResult> UpAsync(PropertyMap? program, CancellationToken cancellationToken = default) =>
        RunAsync(program, preview: false, cancellationToken);

    public Task<RunResult> DestroyAsync(CancellationToken cancellationToken = default) => UpAsync(null, cancellationToken);

    public async Task<RunResult> RefreshAsync()
    {
        var provider = await world.StartProviderAsync();
        return await GuardAsync("refresh", () => RefreshAsync(provider, CancellationToken.None));
    }

    public async Task<RunResult> ImportAsync(string id)
    {
        var provider = await world.StartProviderAsync();
        return await GuardAsync("import", async () =>
        {
            var read = await provider.ReadAsync(
                new ReadRequest(id, Urn, Names.StandbyReplication, PropertyMap.Empty, PropertyMap.Empty, null), CancellationToken.None);
            Stored = read is null ? null : new StoredResource(read.Id, read.Inputs, read.State, NeedsUpdate: false);
            return read is null ? "not found" : "import";
        });
    }

    private async Task<RunResult> RunAsync(PropertyMap? program, bool preview, CancellationToken cancellationToken)
    {
        var provider = await world.StartProviderAsync();
        return await GuardAsync("up", async () =>
        {
            if (Stored is { NeedsUpdate: true })
            {
                await RefreshAsync(provider, cancellationToken);
            }

            return program is null ? await RemoveAsync(provider, preview, cancellationToken)
                : await StepAsync(provider, await CheckAsync(provider, program, cancellationToken), preview, cancellationToken);
        });
    }

    private async Task<PropertyMap> CheckAsync(IProvider provider, PropertyMap program, CancellationToken cancellationToken)
    {
        var check = await provider.CheckAsync(
            new CheckRequest(Urn, Names.StandbyReplication, Stored?.Inputs ?? PropertyMap.Empty, program), cancellationToken);
        return check.Failures.Count == 0
            ? check.Inputs
            : throw new PluginException(
                PluginErrorCode.InvalidArgument,
                string.Join(' ', check.Failures.Select(failure => $"{failure.Property} {failure.Reason}")));
    }

    private async Task<string> StepAsync(
        IProvider provider, PropertyMap inputs, bool preview, CancellationToken cancellationToken)
    {
        if (Stored is not { } stored)
        {
            return await CreateAsync(provider, inputs, preview, cancellationToken);
        }

        var diff = await provider.DiffAsync(
            new DiffRequest(stored.Id, Urn, Names.StandbyReplication, stored.State, stored.Inputs, inputs, []), cancellationToken);
        if (diff.Changes.Values.Any(change => change.Replace))
        {
            return await ReplaceAsync(provider, stored, inputs, diff.DeleteBeforeReplace, preview, cancellationToken);
        }

        return diff.Changes.Count > 0 || stored.NeedsUpdate
            ? await UpdateAsync(provider, stored, inputs, preview, cancellationToken)
            : Same(stored, inputs, preview);
    }

    private string Same(StoredResource stored, PropertyMap inputs, bool preview)
    {
        Stored = preview ? stored : stored with { Inputs = inputs };
        return "same";
    }

    private async Task<string> CreateAsync(
        IProvider provider, PropertyMap inputs, bool preview, CancellationToken cancellationToken)
    {
        var created = await PartialAsync(
            async () =>
            {
                var result = await provider.CreateAsync(
                    new CreateRequest(Urn, Names.StandbyReplication, inputs, null, preview), cancellationToken);
                return new StoredResource(result.Id, inputs, result.State, NeedsUpdate: false);
            },
            inputs);
        Stored = preview ? Stored : created;
        return "create";
    }

    private async Task<string> UpdateAsync(
        IProvider provider, StoredResource stored, PropertyMap inputs, bool preview, CancellationToken cancellationToken)
    {
        var request = new UpdateRequest(
            stored.Id, Urn, Names.StandbyReplication, stored.State, stored.Inputs, inputs, null, preview);
        var updated = await PartialAsync(
            async () => stored with
            {
                Inputs = inputs,
                State = (await provider.UpdateAsync(request, cancellationToken)).State,
                NeedsUpdate = false,
            },
            stored.Inputs);
        Stored = preview ? stored : updated;
        return "update";
    }

    private async Task<string> ReplaceAsync(
        IProvider provider, StoredResource stored, PropertyMap inputs, bool oldFirst, bool preview, CancellationToken cancellationToken)
    {
        if (preview)
        {
            await CreateAsync(provider, inputs, preview, cancellationToken);
            return "replace";
        }

        if (oldFirst)
        {
            await DeleteAsync(provider, stored, cancellationToken);
            Stored = null;
            await CreateAsync(provider, inputs, preview, cancellationToken);
        }
        else
        {
            await CreateAsync(provider, inputs, preview, cancellationToken);
            await DeleteAsync(provider, stored, cancellationToken);
        }

        return "replace";
    }

    private async Task<string> RemoveAsync(IProvider provider, bool preview, CancellationToken cancellationToken)
    {
        if (Stored is { } stored && !preview)
        {
            await DeleteAsync(provider, stored, cancellationToken);
            Stored = null;
        }

        return "delete";
    }

    private Task DeleteAsync(IProvider provider, StoredResource stored, CancellationToken cancellationToken) =>
        provider.DeleteAsync(
            new DeleteRequest(stored.Id, Urn, Names.StandbyReplication, stored.State, stored.Inputs, null), cancellationToken);

    private async Task<string> RefreshAsync(IProvider provider, CancellationToken cancellationToken)
    {
        if (Stored is not { } stored)
        {
            return "same";
        }

        var read = await provider.ReadAsync(
            new ReadRequest(stored.Id, Urn, Names.StandbyReplication, stored.State, stored.Inputs, null), cancellationToken);
        if (read is null)
        {
            Stored = null;
            return "gone";
        }

        Stored = stored with { Inputs = read.Inputs, State = read.State, NeedsUpdate = false };
        var diff = await provider.DiffAsync(
            new DiffRequest(read.Id, Urn, Names.StandbyReplication, read.State, read.Inputs, stored.Inputs, []), cancellationToken);
        return diff.Changes.Count == 0 ? "same" : "update: " + string.Join(", ", diff.Changes.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// A resource that exists but is not ready goes into the state file, and the error to the user. After an update that did not
    /// end the engine keeps the old inputs.
    /// </summary>
    private async Task<StoredResource> PartialAsync(Func<Task<StoredResource>> act, PropertyMap inputs)
    {
        try
        {
            return await act();
        }
        catch (ResourceInitException partial)
        {
            Stored = new StoredResource(partial.Id, inputs, partial.State, NeedsUpdate: true);
            throw;
        }
    }

    private static async Task<RunResult> GuardAsync(string what, Func<Task<string>> run)
    {
        try
        {
            return new RunResult(await run(), null);
        }
        catch (Exception error) when (error is PluginException or ResourceInitException)
        {
            return new RunResult(what, error);
        }
    }
}
