using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Checks a call from the outside in, then lets its action answer.</summary>
internal sealed class ApiDispatch
{
    private static readonly string[] Common =
    [
        "action", "zone", "req_id", "time_stamp", "access_key_id", "version", "signature_method", "signature_version", "signature",
        "expires", "token",
    ];

    private readonly SimulatedCloud _cloud;
    private readonly ApiOptions _options;
    private readonly AccessKeys _keys;
    private readonly CallQuota _quota;
    private readonly Dictionary<string, (IAction Action, HashSet<string> Names)> _actions;

    public ApiDispatch(SimulatedCloud cloud, ApiOptions options, AccessKeys keys)
    {
        _cloud = cloud;
        _options = options;
        _keys = keys;
        _quota = new CallQuota(options.CallsPerWindow, options.QuotaWindow);
        IAction[] actions =
        [
            new RunClusterCustomService(cloud),
            new DescribeJobs(cloud),
            new DescribeClusters(cloud, options.UnknownClusterIsError),
            new DescribeClusterDisplayTabs(cloud),
        ];
        _actions = actions.ToDictionary(
            action => action.Name,
            action => (action, new HashSet<string>(Common.Concat(action.ParameterNames), StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    public JsonObject Answer(ApiRequest request, Parameters parameters, DateTimeOffset now)
    {
        CheckShape(request);
        Authenticate(request, parameters, now);
        _quota.Spend(parameters.Required("access_key_id"), now);
        var action = ActionOf(parameters);
        CheckZone(parameters.Required("zone"));
        CheckPassword(request, parameters);
        var answer = action.Answer(parameters);
        answer["action"] = $"{action.Name}Response";
        answer["ret_code"] = 0;
        return answer;
    }

    private static void CheckShape(ApiRequest request)
    {
        if (request.Method == "GET" && request.Body.Length > 0)
        {
            throw Refuse.Malformed("a GET has no body");
        }

        if (request.Method == "POST" && request.Query.Length > 0)
        {
            throw Refuse.Malformed("a POST has its parameters in the body, none in the URL");
        }

        if (request.Method == "POST" && MediaType(request.ContentType) != "application/x-www-form-urlencoded")
        {
            throw Refuse.Malformed("the body of a POST has to be application/x-www-form-urlencoded");
        }
    }

    private static string MediaType(string? contentType) => (contentType ?? "").Split(';')[0].Trim();

    private void Authenticate(ApiRequest request, Parameters parameters, DateTimeOffset now)
    {
        CheckVersions(request, parameters);
        var secret = _keys.SecretFor(request.Path, parameters, now);
        Signature.Verify(request.Method, request.Path, parameters, secret);
        Stamps.CheckFresh(parameters, now, _options.AllowedSkew);
    }

    private static void CheckVersions(ApiRequest request, Parameters parameters)
    {
        if (parameters.Required("version") != "1")
        {
            throw Refuse.BadValue("parameter [version] has to be 1");
        }

        var version = parameters.Required("signature_version");
        if (version != "1" && !(version == "2" && request.Path == AccessKeys.IamPath))
        {
            throw Refuse.BadValue("parameter [signature_version] has to be 1");
        }
    }

    private IAction ActionOf(Parameters parameters)
    {
        var name = parameters.Required("action");
        if (!_actions.TryGetValue(name, out var known))
        {
            throw Refuse.BadValue($"action [{name}] is not known");
        }

        parameters.AllowOnly(known.Names);
        return known.Action;
    }

    private void CheckZone(string zone)
    {
        if (!_cloud.HasZone(zone))
        {
            throw Refuse.BadValue($"zone [{zone}] is not valid");
        }
    }

    private void CheckPassword(ApiRequest request, Parameters parameters)
    {
        if (_options.RefusePasswordByGet && request.Method == "GET" && parameters["service_params"] is not null)
        {
            throw Refuse.BadValue("method [GET] would put a password into the URL");
        }
    }
}
