using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = QingCloudMySqlStandby.Engine.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>The engine's own service, which plugins and programs log to.</summary>
internal sealed class EngineService(RunLog log, Urn? stack = null) : Wire.Engine.EngineBase
{
    public override Task<Empty> Log(Wire.LogRequest request, ServerCallContext context)
    {
        var urn = request.Urn.Length > 0 ? new Urn(request.Urn) : (Urn?)null;
        if (request.Ephemeral)
            log.Add(new StatusLine(urn, request.Message));
        else
            log.Add(new Diagnostic((DiagnosticSeverity)request.Severity, urn, request.Message.TrimEnd('\n')));

        return Task.FromResult(new Empty());
    }

    public override Task<Wire.GetRootResourceResponse> GetRootResource(
        Wire.GetRootResourceRequest request,
        ServerCallContext context
    ) => Task.FromResult(new Wire.GetRootResourceResponse { Urn = stack?.Value ?? "" });

    public override Task<Wire.SetRootResourceResponse> SetRootResource(
        Wire.SetRootResourceRequest request,
        ServerCallContext context
    ) => Task.FromResult(new Wire.SetRootResourceResponse());

    public override Task<Wire.RequirePulumiVersionResponse> RequirePulumiVersion(
        Wire.RequirePulumiVersionRequest request,
        ServerCallContext context
    ) => Task.FromResult(new Wire.RequirePulumiVersionResponse());
}
