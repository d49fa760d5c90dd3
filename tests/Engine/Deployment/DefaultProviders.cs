using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>The default providers of packages: the first use registers one, configured from the stack's
/// configuration.</summary>
internal sealed class DefaultProviders(Run run, Planner planner)
{
    private readonly ConcurrentDictionary<(string Package, string? Version), Lazy<Task<string>>> _references = new();

    /// <summary>The reference to the default provider of a package.</summary>
    public Task<string> GetAsync(string package, string? version) =>
        _references
            .GetOrAdd((package, version), _ => new Lazy<Task<string>>(() => RegisterAsync(package, version)))
            .Value;

    private async Task<string> RegisterAsync(string package, string? version)
    {
        var inputs = run.ConfigurationOf(package);
        var name = version is null ? "default" : $"default_{version.Replace('.', '_')}";
        var goal = new ResourceGoal(
            Urn.ProviderTypePrefix + package,
            name,
            Custom: true,
            version is null ? inputs : inputs.With("version", PropertyValue.Of(version))
        );
        var (provider, result) = await planner.RegisterAsync(goal, provider: null);
        return result == RegistrationResult.Succeeded
            ? ProviderRegistry.ReferenceTo(provider).ToString()
            : throw run.Stop();
    }
}
