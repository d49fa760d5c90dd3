using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Protocol;

namespace QingCloudMySqlStandby.Engine.Hosts;

/// <summary>Serves a program that runs in another process what a YAML program gets within this one.</summary>
internal sealed class MonitorService(IResourceMonitor monitor) : ResourceMonitor.ResourceMonitorBase
{
    private static readonly string[] Features = ["secrets", "resourceReferences", "outputValues", "parameterization"];

    public override Task<SupportsFeatureResponse> SupportsFeature(
        SupportsFeatureRequest request,
        ServerCallContext context
    ) => Task.FromResult(new SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) });

    public override Task<RegisterResourceResponse> RegisterResource(
        RegisterResourceRequest request,
        ServerCallContext context
    ) => GuardAsync(() => RegisterAsync(request, context.CancellationToken));

    public override Task<Empty> RegisterResourceOutputs(
        RegisterResourceOutputsRequest request,
        ServerCallContext context
    )
    {
        monitor.SetOutputs(new Urn(request.Urn), WireValues.Read(request.Outputs));
        return Task.FromResult(new Empty());
    }

    public override Task<ReadResourceResponse> ReadResource(ReadResourceRequest request, ServerCallContext context) =>
        GuardAsync(() => ReadAsync(request, context.CancellationToken));

    public override Task<ResourceInvokeResponse> Invoke(ResourceInvokeRequest request, ServerCallContext context) =>
        GuardAsync(() => InvokeAsync(request, context.CancellationToken));

    public override Task<RegisterPackageResponse> RegisterPackage(
        RegisterPackageRequest request,
        ServerCallContext context
    ) => Task.FromResult(new RegisterPackageResponse { Ref = $"{request.Name}@{request.Version}" });

    public override Task<Empty> SignalAndWaitForShutdown(Empty request, ServerCallContext context) =>
        Task.FromResult(new Empty());

    private async Task<RegisterResourceResponse> RegisterAsync(
        RegisterResourceRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Remote)
            throw new RpcException(new Status(StatusCode.Unimplemented, "This engine has no components of plugins."));
        if (request.Type == Urn.StackType)
            return new RegisterResourceResponse { Urn = monitor.Stack.Value, Object = new Struct() };

        var resource = await monitor.RegisterAsync(GoalOf(request), cancellationToken);
        return new RegisterResourceResponse
        {
            Urn = resource.Urn.Value,
            Id = (resource.Id as PropertyValue.TextValue)?.Value ?? "",
            Object = WireValues.Write(resource.Outputs),
            Result = (Result)resource.Result,
        };
    }

    private static ResourceGoal GoalOf(RegisterResourceRequest request) =>
        new(request.Type, request.Name, request.Custom, WireValues.Read(request.Object))
        {
            Parent = ParentOf(request.Parent),
            Dependencies = [.. request.Dependencies],
            PropertyDependencies = request.PropertyDependencies.ToImmutableSortedDictionary(
                entry => entry.Key,
                entry => entry.Value.Urns.ToImmutableSortedSet(),
                StringComparer.Ordinal
            ),
            Provider = ProviderOf(request),
            Version = TextOrNull(request.Version),
            Protect = request.Protect,
            RetainOnDelete = request.RetainOnDelete,
            DeleteBeforeReplace = request.DeleteBeforeReplaceDefined ? request.DeleteBeforeReplace : null,
            DeletedWith = TextOrNull(request.DeletedWith),
            ReplaceWith = request.ReplaceWith,
            ReplacementTrigger = WireValues.Read(request.ReplacementTrigger),
            Aliases = [.. request.AliasUrns, .. request.Aliases.Select(NameOf)],
            Import = TextOrNull(request.ImportId),
            IgnoreChanges = request.IgnoreChanges,
            ReplaceOnChanges = request.ReplaceOnChanges,
            AdditionalSecretOutputs = request.AdditionalSecretOutputs,
            Timeouts = TimeoutsOf(request.CustomTimeouts),
        };

    /// <summary>Of an alias's parts this engine takes the URN or the name.</summary>
    private static string NameOf(Alias alias) =>
        alias.AliasCase == Alias.AliasOneofCase.Urn ? alias.Urn : alias.Spec.Name;

    private static string? ProviderOf(RegisterResourceRequest request) =>
        TextOrNull(request.Provider)
        ?? (request.Providers.TryGetValue(Urn.PackageOf(request.Type), out var provider) ? provider : null);

    private static CustomTimeouts TimeoutsOf(RegisterResourceRequest.Types.CustomTimeouts? timeouts) =>
        timeouts is null
            ? CustomTimeouts.None
            : new CustomTimeouts(
                CustomTimeouts.Seconds(timeouts.Create),
                CustomTimeouts.Seconds(timeouts.Update),
                CustomTimeouts.Seconds(timeouts.Delete),
                CustomTimeouts.Seconds(timeouts.Read)
            );

    private async Task<ReadResourceResponse> ReadAsync(ReadResourceRequest request, CancellationToken cancellationToken)
    {
        var goal = new ResourceGoal(request.Type, request.Name, Custom: true, WireValues.Read(request.Properties))
        {
            Parent = ParentOf(request.Parent),
            Provider = TextOrNull(request.Provider),
            Version = TextOrNull(request.Version),
        };
        var resource = await monitor.ReadAsync(goal, request.Id, cancellationToken);
        return new ReadResourceResponse { Urn = resource.Urn.Value, Properties = WireValues.Write(resource.Outputs) };
    }

    private async Task<ResourceInvokeResponse> InvokeAsync(
        ResourceInvokeRequest request,
        CancellationToken cancellationToken
    )
    {
        var goal = new InvokeGoal(
            request.Tok,
            WireValues.Read(request.Args),
            TextOrNull(request.Provider),
            TextOrNull(request.Version)
        );
        var answer = await monitor.InvokeAsync(goal, cancellationToken);
        return new ResourceInvokeResponse { Return = WireValues.Write(answer) };
    }

    private static Urn? ParentOf(string urn) => urn.Length > 0 ? new Urn(urn) : null;

    private static string? TextOrNull(string text) => text.Length > 0 ? text : null;

    /// <summary>SDKs take "unavailable" for the engine's wish that the program ends; what failed has been
    /// reported.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (DeploymentFailedException exception)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, exception.Message));
        }
        catch (EngineException exception)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, exception.Message));
        }
    }
}
