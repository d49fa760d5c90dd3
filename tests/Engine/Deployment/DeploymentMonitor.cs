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

    public async Task<RegisteredResource> ReadAsync(ResourceGoal goal, string id, CancellationToken cancellationToken)
    {
        run.ThrowIfStopping();
        var urn = Urn.Of(run.StackName, run.Project.Name, goal.Parent, goal.Type, goal.Name);
        if (Signatures.Unknowns.Contains(id))
        {
            return new RegisteredResource(urn, PropertyValue.Unknown, PropertyMap.Empty, Settled: false);
        }

        try
        {
            var provider = await ProviderAsync(goal.Provider, goal.Type, goal.Version);
            var answer = await provider.Client.ReadAsync(urn, id, goal.Inputs, goal.Inputs, goal.Timeouts.Read);
            return answer.Id.Length > 0
                ? new RegisteredResource(urn, PropertyValue.Of(answer.Id), answer.Outputs, Settled: true)
                : throw run.Fail(urn, $"There is no {goal.Type} '{id}'.");
        }
        catch (ProviderFailure failure)
        {
            throw run.Fail(urn, failure.Message);
        }
    }

    public async Task<PropertyMap> InvokeAsync(InvokeGoal goal, CancellationToken cancellationToken)
    {
        run.ThrowIfStopping();
        try
        {
            var provider = await ProviderAsync(goal.Provider, goal.Token, goal.Version);
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

    private async Task<LoadedProvider> ProviderAsync(string? chosen, string token, string? version) => await providers.GetAsync(
        chosen is not null
            ? ProviderReference.Parse(chosen)
            : await providers.DefaultAsync(Urn.PackageOf(token), version, registrar.RegisterAsync));

    private bool IsUnchanged(Urn urn) => run.Log.Steps.LastOrDefault(step => step.Urn == urn)?.Kind is StepKind.Same or StepKind.Import;
}
