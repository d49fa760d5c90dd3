using System.Collections.Concurrent;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>
/// The providers of a run, each in a process of its own: those that the program has, as resources with steps of their own, and
/// those that only the state knows, which serve refreshes and deletions with the configuration they had.
/// </summary>
internal sealed class ProviderPool(Run run)
{
    private readonly ConcurrentDictionary<Urn, LoadedProvider> _registered = new();
    private readonly ConcurrentDictionary<ProviderReference, Lazy<Task<LoadedProvider>>> _fromState = new();
    private readonly ConcurrentDictionary<(string Package, string? Version), Lazy<Task<ProviderReference>>> _defaults = new();

    public static bool IsDefault(Urn urn) =>
        Urn.IsProviderType(urn.Type) && urn.Name.StartsWith("default", StringComparison.Ordinal);

    /// <summary>The provider of a reference: the program's, or else the one that the state tells of.</summary>
    public Task<LoadedProvider> GetAsync(ProviderReference reference) => _registered.TryGetValue(reference.Urn, out var registered)
        ? Task.FromResult(registered)
        : _fromState.GetOrAdd(reference, missing => new Lazy<Task<LoadedProvider>>(() => LoadFromStateAsync(missing))).Value;

    /// <summary>The default provider of a package; the first use registers it, configured from the stack's configuration.</summary>
    public Task<ProviderReference> DefaultAsync(
        string package, string? version, Func<ResourceGoal, Task<ResourceState>> register) =>
        _defaults.GetOrAdd((package, version), _ => new Lazy<Task<ProviderReference>>(async () =>
        {
            var inputs = run.Config.ForPackage(package);
            var name = version is null ? "default" : $"default_{version.Replace('.', '_')}";
            var goal = new ResourceGoal(
                Urn.ProviderTypePrefix + package,
                name,
                Custom: true,
                version is null ? inputs : inputs.With("version", PropertyValue.Of(version)))
            {
                Parent = run.StackUrn,
            };
            return ReferenceTo(await register(goal));
        })).Value;

    public static ProviderReference ReferenceTo(ResourceState provider) =>
        new(provider.Urn, provider.Id.Length > 0 ? provider.Id : ProviderReference.UnknownId);

    /// <summary>Makes a provider resource what the program wants: checks, compares and configures it.</summary>
    public async Task<ResourceState> RegisterAsync(ResourceState news, ResourceState? old)
    {
        run.ThrowIfStopping();
        var provider = await run.Plugins.LoadAsync(Urn.PackageOf(news.Type), run.Abandoned);
        var check = await provider.Client.CheckConfigAsync(news.Urn, old?.Inputs ?? PropertyMap.Empty, news.Inputs);
        CheckFailures.ThrowIfAny(run, news.Urn, check);
        news = news with { Inputs = check.Inputs, Outputs = check.Inputs };
        var diff = old is null ? DiffAnswer.None : await DiffAsync(provider, news, old);
        await provider.ConfigureAsync(news.Urn, news.Inputs);
        _registered[news.Urn] = provider;
        return Settle(news, old, diff);
    }

    private static async Task<DiffAnswer> DiffAsync(LoadedProvider provider, ResourceState news, ResourceState old)
    {
        var diff = await provider.Client.DiffConfigAsync(news.Urn, old.Id, old.Inputs, old.Outputs, news.Inputs);
        return diff.Verdict == DiffVerdict.Unknown ? InputDiff.Of(old.Inputs, news.Inputs) : diff;
    }

    private ResourceState Settle(ResourceState news, ResourceState? old, DiffAnswer diff)
    {
        var kind = old is null ? StepKind.Create
            : diff.Replaces ? StepKind.CreateReplacement
            : diff.Verdict == DiffVerdict.Some ? StepKind.Update
            : StepKind.Same;
        var isNew = kind is StepKind.Create or StepKind.CreateReplacement;
        news = news with { Id = !isNew ? old!.Id : run.DryRun ? "" : Guid.NewGuid().ToString() };
        run.Checkpoint.Change(state => kind switch
        {
            StepKind.Create => state.Add(news),
            StepKind.CreateReplacement => state.Replace(old!, old! with { Delete = true }).Add(news),
            _ => state.Replace(old!, news),
        });
        if (!IsDefault(news.Urn))
        {
            run.Log.Add(new StepRecord(kind, news.Urn, StepOutcome.Succeeded, diff.Changes) { Old = old, New = news });
        }

        return news;
    }

    private async Task<LoadedProvider> LoadFromStateAsync(ProviderReference reference)
    {
        var resource = run.Checkpoint.State.Resources.Find(candidate => candidate.Urn == reference.Urn && candidate.Id == reference.Id)
            ?? throw run.Fail(reference.Urn, $"The state does not have the provider '{reference}'.");
        var provider = await run.Plugins.LoadAsync(Urn.PackageOf(resource.Type), run.Abandoned);
        await provider.ConfigureAsync(resource.Urn, resource.Inputs);
        return provider;
    }
}
