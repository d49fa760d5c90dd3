using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Plugin.Protocol;

/// <summary>The methods of a Pulumi provider that this plugin offers.</summary>
internal static class ProviderMethods
{
    private const string Service = "/pulumirpc.ResourceProvider/";

    public static GrpcMethod<ProviderHandshakeRequest, ProviderHandshakeResponse> Handshake { get; } = new(Service + nameof(Handshake));

    public static GrpcMethod<PluginAttach, Empty> Attach { get; } = new(Service + nameof(Attach));

    public static GrpcMethod<Empty, PluginInfo> GetPluginInfo { get; } = new(Service + nameof(GetPluginInfo));

    public static GrpcMethod<GetSchemaRequest, GetSchemaResponse> GetSchema { get; } = new(Service + nameof(GetSchema));

    public static GrpcMethod<CheckRequest, CheckResponse> CheckConfig { get; } = new(Service + nameof(CheckConfig));

    public static GrpcMethod<DiffRequest, DiffResponse> DiffConfig { get; } = new(Service + nameof(DiffConfig));

    public static GrpcMethod<ConfigureRequest, ConfigureResponse> Configure { get; } = new(Service + nameof(Configure));

    public static GrpcMethod<CheckRequest, CheckResponse> Check { get; } = new(Service + nameof(Check));

    public static GrpcMethod<DiffRequest, DiffResponse> Diff { get; } = new(Service + nameof(Diff));

    public static GrpcMethod<CreateRequest, CreateResponse> Create { get; } = new(Service + nameof(Create));

    public static GrpcMethod<ReadRequest, ReadResponse> Read { get; } = new(Service + nameof(Read));

    public static GrpcMethod<UpdateRequest, UpdateResponse> Update { get; } = new(Service + nameof(Update));

    public static GrpcMethod<DeleteRequest, Empty> Delete { get; } = new(Service + nameof(Delete));

    public static GrpcMethod<InvokeRequest, InvokeResponse> Invoke { get; } = new(Service + nameof(Invoke));

    public static GrpcMethod<ListRequest, ListResponse> List { get; } = new(Service + nameof(List));

    public static GrpcMethod<Empty, Empty> Cancel { get; } = new(Service + nameof(Cancel));
}

/// <summary>The methods of Pulumi's engine that this plugin calls.</summary>
internal static class EngineMethods
{
    public static GrpcMethod<LogRequest, Empty> Log { get; } = new("/pulumirpc.Engine/Log");
}
