using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Checks a call from the outside in, then lets its action answer. Stray parameters do no harm.</summary>
internal sealed class ApiDispatch(
    SimulatedCloud cloud,
    AccessKeys keys,
    CallQuota quota,
    Dictionary<string, Func<Call, JsonObject>> actions
)
{
    public JsonObject Answer(Received received, DateTimeOffset now)
    {
        var (request, parameters) = (received.Request, received.WellFormed);
        CheckShape(request);
        Authenticate(request, parameters, now);
        quota.Spend(parameters.Required("access_key_id"), now);
        var name = parameters.Required("action");
        var action = actions.GetValueOrDefault(name) ?? throw Refuse.BadValue($"action [{name}] is not known");
        Refuse.Unless(
            cloud.HasZone(parameters.Required("zone")),
            () => Refuse.BadValue("parameter [zone] is not valid")
        );
        var answer = action(received.Call);
        answer["action"] = $"{name}Response";
        answer["ret_code"] = 0;
        return answer;
    }

    private static void CheckShape(ApiRequest request)
    {
        if (request.Method == "GET")
        {
            Refuse.Unless(request.Body.Length == 0, () => Refuse.Malformed("a GET has no body"));
            return;
        }

        var mediaType = (request.ContentType ?? "").Split(';')[0].Trim();
        Refuse.Unless(
            request.Query.Length == 0,
            () => Refuse.Malformed("a POST has its parameters in the body, none in the " + "URL")
        );
        Refuse.Unless(
            mediaType == "application/x-www-form-urlencoded",
            () => Refuse.Malformed("the body of a POST has to be application/x-www-form-urlencoded")
        );
    }

    private void Authenticate(ApiRequest request, Parameters parameters, DateTimeOffset now)
    {
        Refuse.Unless(parameters.Required("version") == "1", () => Refuse.BadValue("parameter [version] has to be 1"));
        var signatureVersion = parameters.Required("signature_version");
        Refuse.Unless(
            signatureVersion == "1" || (signatureVersion == "2" && request.Path == AccessKeys.IamPath),
            () => Refuse.BadValue("parameter [signature_version] has to be 1")
        );
        var secret = keys.SecretFor(request.Path, parameters, now);
        Signature.Verify(request.Method, request.Path, parameters, secret);
        Stamps.CheckFresh(parameters, now);
    }
}
