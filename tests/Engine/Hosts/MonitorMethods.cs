using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Engine.Protocol;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Engine.Hosts;

/// <summary>The methods of Pulumi's services that programs call.</summary>
internal static class MonitorMethods
{
    private const string Monitor = "/pulumirpc.ResourceMonitor/";
    private const string Engine = "/pulumirpc.Engine/";

    public static GrpcMethod<SupportsFeatureRequest, SupportsFeatureResponse> SupportsFeature { get; } = new(Monitor + nameof(SupportsFeature));

    public static GrpcMethod<RegisterResourceRequest, RegisterResourceResponse> RegisterResource { get; } = new(Monitor + nameof(RegisterResource));

    public static GrpcMethod<RegisterResourceOutputsRequest, Empty> RegisterResourceOutputs { get; } = new(Monitor + nameof(RegisterResourceOutputs));

    public static GrpcMethod<ReadResourceRequest, ReadResourceResponse> ReadResource { get; } = new(Monitor + nameof(ReadResource));

    public static GrpcMethod<ResourceInvokeRequest, ResourceInvokeResponse> Invoke { get; } = new(Monitor + nameof(Invoke));

    public static GrpcMethod<RegisterPackageRequest, RegisterPackageResponse> RegisterPackage { get; } = new(Monitor + nameof(RegisterPackage));

    public static GrpcMethod<Empty, Empty> SignalAndWaitForShutdown { get; } = new(Monitor + nameof(SignalAndWaitForShutdown));

    public static GrpcMethod<GetRootResourceRequest, GetRootResourceResponse> GetRootResource { get; } = new(Engine + nameof(GetRootResource));

    public static GrpcMethod<SetRootResourceRequest, SetRootResourceResponse> SetRootResource { get; } = new(Engine + nameof(SetRootResource));

    public static GrpcMethod<RequirePulumiVersionRequest, RequirePulumiVersionResponse> RequirePulumiVersion { get; } =
        new(Engine + nameof(RequirePulumiVersion));
}
