using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>What a client gets instead of the answer.</summary>
internal static class FaultReplies
{
    public static Reply Of(Fault fault, ApiRequest request, Reply answer) =>
        fault.Kind switch
        {
            FaultKind.Cut => answer with { Delivery = Delivery.Nothing },
            FaultKind.HttpStatus => Reply.Html(fault.Code),
            FaultKind.RetCode => Error(fault.Code, fault.Text ?? "InternalError, internal error"),
            FaultKind.Garbage => Reply.Json("\u0001\u0002%PDF-1.4 <<>> }{ not an answer \uFFFD"),
            FaultKind.Truncated => answer with { Delivery = Delivery.Half },
            FaultKind.HalfBody => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
            FaultKind.Huge => answer with { Delivery = Delivery.Padded, Length = fault.Code },
            FaultKind.Deep => Reply.Json(
                $"{{\"ret_code\": 0, \"deep\": {new string('[', fault.Code)}{new string(']', fault.Code)}}}"
            ),
            FaultKind.Redirect => Reply.Html(302) with { Location = fault.Text },
            FaultKind.RedirectLoop => Reply.Html(307) with { Location = request.Url },
            FaultKind.RefusePost when fault.Code == Refuse.BadValueCode => Error(
                Refuse.BadValueCode,
                "InvalidRequestMethod, method [POST] is not supported"
            ),
            FaultKind.RefusePost => Reply.Html(fault.Code),
            _ => answer,
        };

    private static Reply Error(int code, string message) =>
        Reply.Json(new JsonObject { ["ret_code"] = code, ["message"] = message }.ToJsonString());
}
