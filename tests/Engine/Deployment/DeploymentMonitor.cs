using QingCloudMySqlStandby.Engine.Plugins;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a program sees of a deployment.</summary>
internal sealed class DeploymentMonitor(
    Run run,
    ProviderRegistry providers,
    Planner planner,
    DefaultProviders defaults,
    Decisions decisions
) : IResourceMonitor
{
    private PropertyMap? _outputs;

    public Urn Stack => run.Stack.Root;

    public async Task<RegisteredResource> RegisterAsync(ResourceGoal goal, CancellationToken cancellationToken)
    {
        var isManaged = goal.Custom && !Urn.IsProviderType(goal.Type);
        var provider = isManaged ? await ProviderAsync(goal.Provider, goal.Type, goal.Version) : null;
        var (resource, result) = await planner.RegisterAsync(goal, provider);
        var id =
            !resource.Custom ? PropertyValue.Null
            : resource.Id.Length > 0 ? PropertyValue.Of(resource.Id)
            : PropertyValue.Unknown;
        var isSettled =
            result == RegistrationResult.Succeeded
            && !decisions.SkippedCreates.Contains(resource.Urn)
            && (!run.DryRun || decisions.Sames.Contains(resource.Urn) || decisions.Imports.Contains(resource.Urn));
        return new RegisteredResource(resource.Urn, id, resource.Outputs, isSettled) { Result = result };
    }

    public async Task<RegisteredResource> ReadAsync(ResourceGoal goal, string id, CancellationToken cancellationToken)
    {
        run.ThrowIfStopping();
        var urn = run.Stack.UrnOf(goal.Parent, goal.Type, goal.Name);
        if (Signatures.Unknowns.Contains(id))
            return new RegisteredResource(urn, PropertyValue.Unknown, PropertyMap.Empty, Settled: false);

        return await GuardAsync(
            urn,
            "",
            async () =>
            {
                var provider = ProviderReference.Parse(await ProviderAsync(goal.Provider, goal.Type, goal.Version));
                var answer = await providers
                    .Get(provider)
                    .ReadAsync(urn, id, goal.Inputs, goal.Inputs, goal.Timeouts.Read);
                return answer.Id.Length > 0
                    ? new RegisteredResource(urn, PropertyValue.Of(answer.Id), answer.Outputs, Settled: true)
                    : throw run.Stop(urn, $"There is no {goal.Type} '{id}'.");
            }
        );
    }

    public async Task<PropertyMap> InvokeAsync(InvokeGoal goal, CancellationToken cancellationToken)
    {
        run.ThrowIfStopping();
        return await GuardAsync(
            null,
            $"{goal.Token}: ",
            async () =>
            {
                var provider = ProviderReference.Parse(await ProviderAsync(goal.Provider, goal.Token, goal.Version));
                var (answer, failures) = await providers
                    .Get(provider)
                    .InvokeAsync(goal.Token, goal.Arguments, run.DryRun);
                var problems = string.Join("; ", failures.Select(failure => $"{failure.Property}: {failure.Reason}"));
                return failures.Count == 0 ? answer : throw run.Stop(null, $"{goal.Token}: {problems}");
            }
        );
    }

    public void SetOutputs(Urn urn, PropertyMap outputs)
    {
        if (urn == Stack)
            _outputs = outputs;
    }

    /// <summary>Writes down what the program put out; after a failure, what it did not get to put out stays.</summary>
    public void SaveOutputs()
    {
        if (_outputs is { } outputs)
            run.Checkpoint.SetOutputs(outputs, keepsOthers: run.HasFailed || run.IsInterrupted);
    }

    private async Task<string> ProviderAsync(string? chosen, string token, string? version) =>
        chosen is { Length: > 0 } ? chosen : await defaults.GetAsync(Urn.PackageOf(token), version);

    private async Task<T> GuardAsync<T>(Urn? urn, string prefix, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ProviderFailure failure)
        {
            throw run.Stop(urn, prefix + failure.Message);
        }
    }
}
