using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Driver.Published;

/// <summary>The engine's service, which plugins log to.</summary>
internal sealed class EngineService(IEngineLog log) : Engine.EngineBase
{
    public override Task<Empty> Log(LogRequest request, ServerCallContext context)
    {
        if (request.Ephemeral)
            log.Status(request.Urn, request.Message);
        else if (request.Severity >= LogSeverity.Warning)
            log.Warning(request.Urn, request.Message);
        else if (request.Severity == LogSeverity.Info)
            log.Info(request.Urn, request.Message);
        else
            log.Debug(request.Urn, request.Message);

        return Task.FromResult(new Empty());
    }
}
