using System.Net;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Makes QingCloud's answer into an object, or into the failure that it reports.</summary>
internal static class ResponseParser
{
    /// <param name="call">The call.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="keys">Where the access key came from, in words.</param>
    public static JsonElement Parse(ApiCall call, ApiAnswer answer, string keys)
    {
        if (LooseText.ReadObject(answer.Body) is not { } read || read.Number("ret_code") is not { } code)
            throw NoAnswer(call, answer);
        if (code != 0)
        {
            throw new ReturnCode(call, code, Sanitizer.Clean(read.Text("message") ?? "", 500), keys).ToException(
                isServerError: answer.Status >= HttpStatusCode.InternalServerError
            );
        }

        return (int)answer.Status is >= 200 and < 300 ? read : throw NoAnswer(call, answer);
    }

    private static QingCloudException NoAnswer(ApiCall call, ApiAnswer answer)
    {
        var status = (int)answer.Status;
        var quoted = Sanitizer.Clean(answer.Body, 200);
        var said = FormattableString.Invariant($"{call.Describe()}: HTTP {status} with no answer that can be read");
        var what = quoted.Length == 0 ? $"{said} (an empty body)" : $"{said}: {quoted}";
        return status switch
        {
            >= 300 and < 400 => new QingCloudException(
                FailureKind.Unreachable,
                $"{said}: it is a redirect, and a signed call is not sent on to another address. Set `endpoint` to the "
                    + "API's own address."
            ),
            404 or 405 or 501 => new QingCloudException(
                FailureKind.InvalidRequest,
                $"{what}. Check the path of `endpoint`. If this server takes no POST, set `requestMethod` to GET; "
                    + "parameters, the source's password included, are then part of URLs."
            ),
            429 => new QingCloudException(FailureKind.Temporary, $"{what}. Too many calls are made.")
            {
                IsTransient = true,
                IsRateLimit = true,
            },
            >= 400 and < 500 and not 408 => new QingCloudException(
                FailureKind.Unreachable,
                $"{what}. Check `endpoint` and any proxy between."
            ),
            _ => new QingCloudException(FailureKind.Unreachable, $"{what}. Check `endpoint`, or try again later.")
            {
                IsTransient = true,
                MayHaveActed = true,
            },
        };
    }
}
