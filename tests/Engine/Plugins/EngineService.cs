using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>The engine's own service, which plugins and programs log to.</summary>
internal sealed class EngineService(RunLog log)
{
    public GrpcRoutes AddTo(GrpcRoutes routes) => routes.Unary(EngineMethods.Log, (request, _) => Take(request));

    private Task<Empty> Take(LogRequest request)
    {
        var urn = request.Urn.Length > 0 ? new Urn(request.Urn) : (Urn?)null;
        if (request.Ephemeral)
        {
            log.Add(new StatusLine(urn, request.Message));
        }
        else
        {
            log.Add(new Diagnostic((DiagnosticSeverity)request.Severity, urn, request.Message.TrimEnd('\n')));
        }

        return Task.FromResult(new Empty());
    }
}
