using System.Text.Json;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>What a client gets instead of the answer.</summary>
internal static class FaultReplies
{
    public static Reply Of(Fault fault, ApiRequest request, Reply answer) => fault.Kind switch
    {
        FaultKind.Cut => answer with { Delivery = Delivery.Nothing },
        FaultKind.HttpStatus => Reply.Html(fault.Code, ReasonOf(fault.Code)),
        FaultKind.RetCode => Error(fault.Code, fault.Text ?? "InternalError, internal error"),
        FaultKind.Garbage => Reply.Json("\u0001\u0002%PDF-1.4 <<>> }{ not an answer \uFFFD"),
        FaultKind.Truncated => answer with { Delivery = Delivery.Half },
        FaultKind.HalfBody => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
        FaultKind.Huge => answer with { Delivery = Delivery.Padded, Length = fault.Length },
        FaultKind.Deep => Reply.Json("{\"ret_code\": 0, \"deep\": " + new string('[', fault.Code) + new string(']', fault.Code) + "}"),
        FaultKind.Redirect => Reply.Html(302, "Found") with { Location = fault.Text ?? "/elsewhere/" },
        FaultKind.RedirectLoop => Reply.Html(307, "Temporary Redirect") with { Location = request.Url },
        FaultKind.RefusePost when fault.Code == Refuse.BadValueCode =>
            Error(Refuse.BadValueCode, "InvalidRequestMethod, method [POST] is not supported"),
        FaultKind.RefusePost => Reply.Html(fault.Code, ReasonOf(fault.Code)),
        _ => answer,
    };

    private static Reply Error(int code, string message) =>
        Reply.Json(JsonSerializer.Serialize(new Dictionary<string, object> { ["ret_code"] = code, ["message"] = message }));

    private static string ReasonOf(int status) => status switch
    {
        404 => "Not Found",
        405 => "Not Allowed",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        _ => "Error",
    };
}
