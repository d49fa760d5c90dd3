using QingCloudMySqlStandby.Engine.Display;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Takes one existing resource into the state, and shows how to write it in the program.</summary>
internal sealed class Importer(
    Run run,
    ProviderRegistry providers,
    Steps steps,
    StepQueue queue,
    DefaultProviders defaults
)
{
    /// <summary>Starts every provider of the stack, and writes every resource down as it was.</summary>
    public async Task KeepExistingAsync()
    {
        foreach (var entry in run.Checkpoint.Base.Where(entry => !entry.State.Delete))
            await TakeAsync(steps.Same(entry, new Entry(entry.State)));
    }

    public async Task<string?> ImportAsync(string type, string name, string id, bool protect)
    {
        var news = new Entry(
            new ResourceState(run.Stack.UrnOf(type, name), Custom: true, PropertyMap.Empty, PropertyMap.Empty)
            {
                Parent = run.Stack.Root,
                Provider = await ProviderAsync(Urn.PackageOf(type)),
                Protect = protect,
            }
        );
        if (run.Checkpoint.Find(news.Urn) is { } old)
        {
            return (old.State.ImportId ?? old.State.Id) == id
                ? null
                : throw run.Stop(news.Urn, "The stack has a " + $"resource '{news.Urn}' already.");
        }

        await TakeAsync(steps.Import(news, replaced: null, id));
        await VerifyAsync(news.State);
        return YamlSnippet.Of(news.State);
    }

    private async Task TakeAsync(PlannedStep step)
    {
        await queue.WaitForWorkerAsync();
        await queue.TakeAsync([step]);
    }

    private async Task<string> ProviderAsync(string package)
    {
        var known = run.Checkpoint.Base.FirstOrDefault(entry =>
            !entry.State.Delete
            && entry.Urn.Type == Urn.ProviderTypePrefix + package
            && ProviderRegistry.IsDefault(entry.Urn)
        );
        return known is null
            ? await defaults.GetAsync(package, version: null)
            : ProviderRegistry.ReferenceTo(known.State).ToString();
    }

    /// <summary>A program that says what the provider answered must pass its Check.</summary>
    private async Task VerifyAsync(ResourceState imported)
    {
        try
        {
            var check = await providers.ManagerOf(imported).CheckAsync(imported.Urn, imported.Inputs, imported.Inputs);
            foreach (var message in CheckFailures.Messages(imported.Urn, check))
                run.Log.Warning(imported.Urn, $"The imported inputs do not pass the provider's own check. {message}");
        }
        catch (ProviderFailure failure)
        {
            throw run.Stop(imported.Urn, failure.Message);
        }
    }
}
