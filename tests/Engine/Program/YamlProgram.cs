using System.Collections.Concurrent;
using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.Deployment;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>Runs a YAML program: whatever a resource or variable refers to is settled before it, and what is
/// independent of each other is settled at the same time.</summary>
internal sealed class YamlProgram(Project project, StackConfig config) : IProgram
{
    /// <summary>Whether it does not fail as a whole when a resource has failed in a run that goes on after
    /// errors.</summary>
    public bool GoesOnAfterFailures { get; init; }

    public async Task RunAsync(IResourceMonitor monitor, CancellationToken cancellationToken)
    {
        var scope = new ConcurrentDictionary<string, Settled>(StringComparer.Ordinal);
        var evaluator = new Evaluator(scope, monitor);
        var references = References();
        var settling = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var name in ProgramOrder.Sort(references))
        {
            Task[] first = [.. references[name].Select(reference => settling[reference])];
            settling[name] = SettleAsync(name, first);
        }

        await FinishAsync(settling.Values);
        await PutOutAsync(evaluator, monitor, cancellationToken);

        async Task SettleAsync(string name, Task[] first)
        {
            await Task.WhenAll(first);
            scope[name] = project.Resources.TryGetValue(name, out var resource)
                ? new Settled.Resource(await RegisterAsync(resource, evaluator, monitor, cancellationToken))
                : new Settled.Value(await ValueOfAsync(name, evaluator, cancellationToken));
        }
    }

    private Dictionary<string, IReadOnlyCollection<string>> References()
    {
        var references = project.Config.ToDictionary(
            declaration => declaration.Key,
            NoReferences,
            StringComparer.Ordinal
        );
        foreach (var (name, expression) in project.Variables)
            references[name] = [.. expression.References.Distinct()];

        foreach (var (name, resource) in project.Resources)
            references[name] = [.. resource.References.Concat(DefaultProvidersOf(resource)).Distinct()];

        return references;

        static IReadOnlyCollection<string> NoReferences(ConfigDeclaration declaration) => [];
    }

    /// <summary>A resource without a provider of its own takes the provider resource that the program calls the
    /// default.</summary>
    private IEnumerable<string> DefaultProvidersOf(ResourceDeclaration resource) =>
        resource.Options.Provider is not null || Urn.IsProviderType(resource.Type)
            ? []
            : project
                .Resources.Where(other =>
                    other.Value.DefaultProvider
                    && Urn.IsProviderType(other.Value.Type)
                    && Urn.PackageOf(other.Value.Type) == Urn.PackageOf(resource.Type)
                )
                .Select(other => other.Key);

    private async Task<Evaluated> ValueOfAsync(string name, Evaluator evaluator, CancellationToken cancellationToken) =>
        project.Variables.TryGetValue(name, out var expression)
            ? await evaluator.EvaluateAsync(expression, cancellationToken)
            : Evaluated.Of(config.ValueOf(project, project.Config.First(declaration => declaration.Key == name)));

    private async Task<RegisteredResource> RegisterAsync(
        ResourceDeclaration resource,
        Evaluator evaluator,
        IResourceMonitor monitor,
        CancellationToken cancellationToken
    )
    {
        var inputs = await EvaluateInputsAsync(resource, evaluator, cancellationToken);
        var options = resource.Options;
        var provider = options.Provider ?? DefaultProvidersOf(resource).FirstOrDefault();
        var registered = await monitor.RegisterAsync(
            new ResourceGoal(
                CanonicalType(resource.Type),
                resource.Name,
                Custom: true,
                PropertyMap.From(inputs.Select(input => KeyValuePair.Create(input.Key, input.Value.Value)))
            )
            {
                Parent = monitor.Stack,
                Dependencies =
                [
                    .. inputs.Values.SelectMany(input => input.Dependencies),
                    .. options.DependsOn.Select(UrnOf),
                ],
                PropertyDependencies = inputs.ToImmutableSortedDictionary(
                    input => input.Key,
                    input => input.Value.Dependencies,
                    StringComparer.Ordinal
                ),
                Provider = provider is null ? null : Evaluator.ReferenceTo(evaluator.Resource(provider)),
                Version = options.Version,
                Protect = options.Protect,
                RetainOnDelete = options.RetainOnDelete,
                DeleteBeforeReplace = options.DeleteBeforeReplace,
                DeletedWith = options.DeletedWith is { } other ? UrnOf(other) : null,
                ReplaceWith = [.. options.ReplaceWith.Select(UrnOf)],
                ReplacementTrigger = options.ReplacementTrigger,
                Aliases = options.Aliases,
                Import = options.Import,
                IgnoreChanges = options.IgnoreChanges,
                ReplaceOnChanges = options.ReplaceOnChanges,
                AdditionalSecretOutputs = options.AdditionalSecretOutputs,
                Timeouts = options.Timeouts,
            },
            cancellationToken
        );
        return registered.Result == RegistrationResult.Succeeded || GoesOnAfterFailures
            ? registered
            : throw new DeploymentFailedException();

        string UrnOf(string name) => evaluator.Resource(name).Urn.Value;
    }

    /// <summary><c>package:Type</c> is short for <c>package:index:Type</c>.</summary>
    internal static string CanonicalType(string type) =>
        type.Split(':') is [var package, var name] ? $"{package}:index:{name}" : type;

    private static async Task<SortedDictionary<string, Evaluated>> EvaluateInputsAsync(
        ResourceDeclaration resource,
        Evaluator evaluator,
        CancellationToken cancellationToken
    )
    {
        var inputs = new SortedDictionary<string, Evaluated>(StringComparer.Ordinal);
        if (resource.Properties is not Expression.Map properties)
            throw new EngineException($"The properties of '{resource.Name}' should be a mapping.");

        foreach (var (key, expression) in properties.Entries)
            inputs[key] = await evaluator.EvaluateAsync(expression, cancellationToken);

        return inputs;
    }

    private async Task PutOutAsync(Evaluator evaluator, IResourceMonitor monitor, CancellationToken cancellationToken)
    {
        var outputs = PropertyMap.Empty;
        foreach (var (name, expression) in project.Outputs)
            outputs = outputs.With(name, (await evaluator.EvaluateAsync(expression, cancellationToken)).Value);

        monitor.SetOutputs(monitor.Stack, outputs);
    }

    /// <summary>Waits for all; a failure that nobody has reported yet is worth more than one that the deployment
    /// has.</summary>
    private static async Task FinishAsync(IReadOnlyCollection<Task> tasks)
    {
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (DeploymentFailedException) when (FirstUnreported(tasks) is { } unreported)
        {
            throw unreported;
        }
    }

    private static EngineException? FirstUnreported(IEnumerable<Task> tasks) =>
        tasks
            .SelectMany(task => task.Exception?.InnerExceptions ?? Enumerable.Empty<Exception>())
            .OfType<EngineException>()
            .FirstOrDefault();
}
