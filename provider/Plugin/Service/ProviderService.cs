using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Log;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>
/// Pulumi's provider protocol. What concerns the plugin as a process is answered here; what concerns resources and
/// configuration is the <see cref="ProviderCalls"/>'. Methods that are not here are answered with "unimplemented".
/// </summary>
internal sealed class ProviderService(Lazy<IProvider> provider, EngineLog log, Operations operations)
{
    public GrpcRoutes Routes()
    {
        var calls = new ProviderCalls(provider, operations);
        return new GrpcRoutes()
            .Unary(ProviderMethods.Handshake, (request, _) => Task.FromResult(Handshake(request)))
            .Unary(ProviderMethods.Attach, (request, _) => Task.FromResult(Attach(request)))
            .Unary(ProviderMethods.GetPluginInfo, (_, _) => Task.FromResult(GetPluginInfo()))
            .Encoded(ProviderMethods.GetSchema, GetSchema)
            .Unary(ProviderMethods.CheckConfig, calls.CheckConfigAsync)
            .Unary(ProviderMethods.DiffConfig, calls.DiffConfigAsync)
            .Unary(ProviderMethods.Configure, calls.ConfigureAsync)
            .Unary(ProviderMethods.Check, calls.CheckAsync)
            .Unary(ProviderMethods.Diff, calls.DiffAsync)
            .Unary(ProviderMethods.Create, calls.CreateAsync)
            .Unary(ProviderMethods.Read, calls.ReadAsync)
            .Unary(ProviderMethods.Update, calls.UpdateAsync)
            .Unary(ProviderMethods.Delete, calls.DeleteAsync)
            .Unary(ProviderMethods.Invoke, calls.InvokeAsync)
            .Streaming(ProviderMethods.List, calls.ListAsync)
            .Unary(ProviderMethods.Cancel, (_, _) => Task.FromResult(Cancel()));
    }

    private ProviderHandshakeResponse Handshake(ProviderHandshakeRequest request)
    {
        log.Connect(request.EngineAddress);
        operations.Renew();
        return new ProviderHandshakeResponse { AcceptSecrets = true, AcceptResources = true, AcceptOutputs = true };
    }

    private Empty Attach(PluginAttach request)
    {
        log.Connect(request.Address);
        operations.Renew();
        return new Empty();
    }

    private PluginInfo GetPluginInfo() => new() { Version = Failure.Guard(() => provider.Value.Version) };

    private ReadOnlyMemory<byte>[] GetSchema(GetSchemaRequest request) => request.SubpackageName.Length == 0
        ? SchemaAnswer.Encode(Failure.Guard(() => provider.Value.Schema))
        : throw new RpcException(StatusCode.InvalidArgument, $"This provider has no sub-package '{request.SubpackageName}'.");

    /// <summary>The engine calls it at Ctrl-C and before every normal end; it does not wait for the operations.</summary>
    private Empty Cancel()
    {
        operations.CancelAll();
        return new Empty();
    }
}
