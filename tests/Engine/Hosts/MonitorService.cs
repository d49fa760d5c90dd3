using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Protocol;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Engine.Hosts;

/// <summary>Serves a program that runs in another process what a YAML program gets within this one.</summary>
internal sealed class MonitorService(IResourceMonitor monitor)
{
    private static readonly string[] Features = ["secrets", "resourceReferences", "outputValues", "parameterization"];

    public GrpcRoutes AddTo(GrpcRoutes routes) => routes
        .Unary(MonitorMethods.SupportsFeature, (request, _) => Answer(new SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) }))
        .Unary(MonitorMethods.RegisterResource, (request, token) => GuardAsync(() => RegisterAsync(request, token)))
        .Unary(MonitorMethods.RegisterResourceOutputs, (request, _) => Answer(SetOutputs(request)))
        .Unary(MonitorMethods.ReadResource, (request, token) => GuardAsync(() => ReadAsync(request, token)))
        .Unary(MonitorMethods.Invoke, (request, token) => GuardAsync(() => InvokeAsync(request, token)))
        .Unary(MonitorMethods.RegisterPackage, (request, _) => Answer(new RegisterPackageResponse { Ref = $"{request.Name}@{request.Version}" }))
        .Unary(MonitorMethods.SignalAndWaitForShutdown, (_, _) => Answer(new Empty()))
        .Unary(MonitorMethods.GetRootResource, (_, _) => Answer(new GetRootResourceResponse { Urn = monitor.Stack.Value }))
        .Unary(MonitorMethods.SetRootResource, (_, _) => Answer(new SetRootResourceResponse()))
        .Unary(MonitorMethods.RequirePulumiVersion, (_, _) => Answer(new RequirePulumiVersionResponse()));

    private static Task<T> Answer<T>(T answer) => Task.FromResult(answer);

    private async Task<RegisterResourceResponse> RegisterAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        if (request.Remote)
        {
            throw new RpcException(StatusCode.Unimplemented, "This engine has no components of plugins.");
        }

        if (request.Type == Urn.StackType)
        {
            return new RegisterResourceResponse { Urn = monitor.Stack.Value, Object = new Struct() };
        }

        var resource = await monitor.RegisterAsync(GoalOf(request), cancellationToken);
        return new RegisterResourceResponse
        {
            Urn = resource.Urn.Value,
            Id = (resource.Id as PropertyValue.TextValue)?.Value ?? "",
            Object = WireValues.Write(resource.Outputs),
        };
    }

    private static ResourceGoal GoalOf(RegisterResourceRequest request) =>
        new(request.Type, request.Name, request.Custom, WireValues.Read(request.Object))
        {
            Parent = ParentOf(request.Parent),
            Dependencies = [.. request.Dependencies],
            PropertyDependencies = request.PropertyDependencies.ToImmutableSortedDictionary(
                entry => entry.Key, entry => entry.Value.Urns.ToImmutableSortedSet(), StringComparer.Ordinal),
            Provider = ProviderOf(request),
            Version = TextOrNull(request.Version),
            Protect = request.Protect,
            RetainOnDelete = request.RetainOnDelete,
            DeleteBeforeReplace = request.DeleteBeforeReplaceDefined ? request.DeleteBeforeReplace : null,
            Import = TextOrNull(request.ImportId),
            IgnoreChanges = request.IgnoreChanges,
            ReplaceOnChanges = request.ReplaceOnChanges,
            AdditionalSecretOutputs = request.AdditionalSecretOutputs,
            Timeouts = TimeoutsOf(request.CustomTimeouts),
        };

    private static string? ProviderOf(RegisterResourceRequest request) =>
        TextOrNull(request.Provider)
        ?? (request.Providers.TryGetValue(Urn.PackageOf(request.Type), out var provider) ? provider : null);

    private static CustomTimeouts TimeoutsOf(RegisterResourceRequest.Types.CustomTimeouts? timeouts) => timeouts is null
        ? CustomTimeouts.None
        : new CustomTimeouts(
            CustomTimeouts.Seconds(timeouts.Create),
            CustomTimeouts.Seconds(timeouts.Update),
            CustomTimeouts.Seconds(timeouts.Delete),
            CustomTimeouts.Seconds(timeouts.Read));

    private Empty SetOutputs(RegisterResourceOutputsRequest request)
    {
        monitor.SetOutputs(new Urn(request.Urn), WireValues.Read(request.Outputs));
        return new Empty();
    }

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

    private async Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request, CancellationToken cancellationToken)
    {
        var goal = new InvokeGoal(request.Tok, WireValues.Read(request.Args), TextOrNull(request.Provider), TextOrNull(request.Version));
        return new ResourceInvokeResponse { Return = WireValues.Write(await monitor.InvokeAsync(goal, cancellationToken)) };
    }

    private static Urn? ParentOf(string urn) => urn.Length > 0 ? new Urn(urn) : null;

    private static string? TextOrNull(string text) => text.Length > 0 ? text : null;

    /// <summary>SDKs take "unavailable" for the engine's wish that the program ends; what failed has been reported.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (DeploymentFailedException exception)
        {
            throw new RpcException(StatusCode.Unavailable, exception.Message, exception);
        }
        catch (EngineException exception)
        {
            throw new RpcException(StatusCode.InvalidArgument, exception.Message, exception);
        }
    }
}
