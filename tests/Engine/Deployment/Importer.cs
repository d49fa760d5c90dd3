using QingCloudMySqlStandby.Engine.Display;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Takes one existing resource into the state, and tells how to write it in the program.</summary>
internal sealed class Importer(Run run, ProviderPool providers, ResourceSteps steps, Registrar registrar)
{
    public async Task<string> ImportAsync(string type, string name, string id, bool protect)
    {
        var reference = await ProviderAsync(Urn.PackageOf(type));
        var news = new ResourceState(
            Urn.Of(run.StackName, run.Project.Name, run.StackUrn, type, name), Custom: true, Plugin.PropertyMap.Empty, Plugin.PropertyMap.Empty)
        {
            Parent = run.StackUrn,
            Provider = reference.ToString(),
            Protect = protect,
        };
        if (run.Checkpoint.State.Find(news.Urn) is not null)
        {
            throw run.Fail(news.Urn, $"The stack has a resource '{news.Urn}' already.");
        }

        var imported = await steps.ImportAsync(news, replaced: null, id);
        await VerifyAsync(await providers.GetAsync(reference), imported);
        return YamlSnippet.Of(imported);
    }

    private async Task<ProviderReference> ProviderAsync(string package)
    {
        var known = run.Checkpoint.State.Resources.Find(
            resource => resource.Type == Urn.ProviderTypePrefix + package && ProviderPool.IsDefault(resource.Urn));
        return known is null
            ? await providers.DefaultAsync(package, version: null, registrar.RegisterAsync)
            : ProviderPool.ReferenceTo(known);
    }

    /// <summary>A program that says what the provider told must pass its Check and change nothing.</summary>
    private async Task VerifyAsync(LoadedProvider provider, ResourceState imported)
    {
        var check = await provider.Client.CheckAsync(imported.Urn, imported.Inputs, imported.Inputs);
        foreach (var message in CheckFailures.Messages(imported.Urn, check))
        {
            run.Log.Warning(imported.Urn, $"The imported inputs do not pass the provider's own check. {message}");
        }

        var diff = await provider.Client.DiffAsync(imported.Urn, imported.Id, imported.Inputs, imported.Outputs, check.Inputs, []);
        if (diff.Verdict == DiffVerdict.Some)
        {
            run.Log.Warning(imported.Urn, $"The next run would change what was imported: {string.Join(", ", diff.Changes.Keys)}.");
        }
    }
}
