using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a program sees of a deployment.</summary>
internal sealed class DeploymentMonitor(Run run, ProviderPool providers, Registrar registrar) : IResourceMonitor
{
    public Urn Stack => run.StackUrn;

    public async Task<RegisteredResource> RegisterAsync(ResourceGoal goal, CancellationToken cancellationToken)
    {
        var resource = await registrar.RegisterAsync(goal);
        var id = !resource.Custom ? PropertyValue.Null
            : resource.Id.Length > 0 ? PropertyValue.Of(resource.Id)
            : PropertyValue.Unknown;
        return new RegisteredResource(resource.Urn, id, resource.Outputs, Settled: !run.DryRun || IsUnchanged(resource.Urn));
    }

    public async Task<PropertyMap> InvokeAsync(InvokeGoal goal, CancellationToken cancellationToken)
    {
        run.ThrowIfStopping();
        try
        {
            var reference = goal.Provider is { Length: > 0 } chosen
                ? ProviderReference.Parse(chosen)
                : await providers.DefaultAsync(Urn.PackageOf(goal.Token), goal.Version, registrar.RegisterAsync);
            var provider = await providers.GetAsync(reference);
            var (answer, failures) = await provider.Client.InvokeAsync(goal.Token, goal.Arguments, run.DryRun);
            return failures.Count == 0
                ? answer
                : throw run.Fail(null, $"{goal.Token}: {string.Join("; ", failures.Select(failure => $"{failure.Property}: {failure.Reason}"))}");
        }
        catch (ProviderFailure failure)
        {
            throw run.Fail(null, $"{goal.Token}: {failure.Message}");
        }
    }

    public void SetOutputs(Urn urn, PropertyMap outputs)
    {
        if (urn == Stack)
        {
            run.Checkpoint.Change(state => state with { Outputs = outputs });
        }
    }

    private bool IsUnchanged(Urn urn) => run.Log.Steps.LastOrDefault(step => step.Urn == urn)?.Kind is StepKind.Same or StepKind.Import;
}
