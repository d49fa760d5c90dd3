using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>
/// The API in front of a <see cref="SimulatedCloud"/>: it logs each call, lets the faults befall it, and answers. It speaks in
/// requests and replies; <see cref="SimulatorServer"/> and <see cref="SimulatorHandler"/> carry them.
/// </summary>
public sealed class SimulatedApi
{
    public const string MetadataPath = "/latest/meta-data/security-credentials";

    /// <summary>The name by which faults and counts know the metadata service.</summary>
    public const string MetadataAction = "metadata";

    private readonly Lock _gate = new();
    private readonly ApiOptions _options;
    private readonly AccessKeys _keys;
    private readonly ApiDispatch _dispatch;

    public SimulatedApi(SimulatedCloud cloud, ApiOptions? options = null)
    {
        Cloud = cloud;
        _options = options ?? new ApiOptions();
        _keys = new AccessKeys(_options, new SeededIds(_options.Seed));
        _dispatch = new ApiDispatch(cloud, _options, _keys);
        Faults = new FaultBook(_options.Seed);
        BodyForms = new BodyForms(_options.Seed);
        Calls = new CallLog(_options.CallLogLimit);
    }

    public SimulatedCloud Cloud { get; }

    public FaultBook Faults { get; }

    public BodyForms BodyForms { get; }

    public CallLog Calls { get; }

    public string Path => _options.Path;

    public void AddAccessKey(string accessKeyId, string secretAccessKey) =>
        Locked(() => _keys.Add(accessKeyId, secretAccessKey));

    public void RemoveAccessKey(string accessKeyId) => Locked(() => _keys.Remove(accessKeyId));

    /// <summary>Makes the role's credentials void at once; the metadata service hands out others.</summary>
    public void RevokeRoleCredentials() => Locked(_keys.ForgetRole);

    public async Task<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken = default)
    {
        var (parameters, malformed) = Read(request);
        var call = Calls.Add(Cloud.Time.GetUtcNow(), request, parameters);
        var target = new FaultTarget(request.Method, call.Action, call.Service);
        var skew = Faults.Take(target, FaultStage.Clock)?.Delay ?? TimeSpan.Zero;
        var delay = Faults.Take(target, FaultStage.Delay);
        call.Fault = delay;
        await WaitAsync(delay, FaultMoment.Before, cancellationToken);
        var reply = AnswerUnlessFaulty(request, parameters, call, target, malformed, skew);
        await WaitAsync(delay, FaultMoment.After, cancellationToken);
        call.Status = reply.Delivery == Delivery.Nothing ? null : reply.Status;
        _options.Observer?.Invoke(call);
        return reply with { Date = Cloud.Time.GetUtcNow() + skew };
    }

    private static (Parameters Parameters, RefusedException? Malformed) Read(ApiRequest request)
    {
        try
        {
            return request.Path == MetadataPath
                ? (Parameters.Parse($"action={MetadataAction}"), null)
                : (Parameters.Parse(request.Method == "POST" ? request.Body : request.Query), null);
        }
        catch (RefusedException refusal)
        {
            return (Parameters.None, refusal);
        }
    }

    private Task WaitAsync(Fault? fault, FaultMoment moment, CancellationToken cancellationToken)
    {
        if (fault is null || fault.Moment != moment)
        {
            return Task.CompletedTask;
        }

        var delay = fault.Kind == FaultKind.Silent ? Timeout.InfiniteTimeSpan : fault.Delay;
        return Task.Delay(delay, Cloud.Time, cancellationToken);
    }

    private Reply AnswerUnlessFaulty(
        ApiRequest request, Parameters parameters, Call call, FaultTarget target, RefusedException? malformed, TimeSpan skew)
    {
        var fault = Faults.Take(target, FaultStage.Answer);
        call.Fault = fault ?? call.Fault;
        var answer = fault is { Moment: FaultMoment.Before }
            ? Reply.Json("")
            : Answer(request, parameters, call, malformed, skew);
        return fault is null ? answer : FaultReplies.Of(fault, request, answer);
    }

    private Reply Answer(ApiRequest request, Parameters parameters, Call call, RefusedException? malformed, TimeSpan skew)
    {
        lock (_gate)
        {
            if (request.Path == MetadataPath)
            {
                return Role(request);
            }

            if (request.Path != _options.Path && request.Path != AccessKeys.IamPath)
            {
                return Reply.Html(404, "Not Found");
            }

            return request.Method is "GET" or "POST"
                ? Api(request, parameters, call, malformed, skew)
                : Reply.Html(405, "Not Allowed");
        }
    }

    private Reply Api(ApiRequest request, Parameters parameters, Call call, RefusedException? malformed, TimeSpan skew)
    {
        var answer = Process(request, parameters, malformed, skew);
        call.RetCode = (int?)answer["ret_code"];
        call.Message = (string?)answer["message"];
        call.JobId = (string?)answer["job_id"];
        call.ProcessedAt = Cloud.Time.GetUtcNow();
        return Reply.Json(BodyForms.Write(call.Action, answer));
    }

    private JsonObject Process(ApiRequest request, Parameters parameters, RefusedException? malformed, TimeSpan skew)
    {
        try
        {
            return malformed is null ? _dispatch.Answer(request, parameters, Cloud.Time.GetUtcNow() + skew) : throw malformed;
        }
        catch (RefusedException refusal)
        {
            return new JsonObject { ["ret_code"] = refusal.RetCode, ["message"] = refusal.Message };
        }
    }

    private Reply Role(ApiRequest request)
    {
        if (request.Method != "GET" || _keys.Role(Cloud.Time.GetUtcNow()) is not { } role)
        {
            return Reply.Html(404, "Not Found");
        }

        return Reply.Json(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["access_key"] = role.AccessKey,
            ["secret_key"] = role.SecretKey,
            ["id_token"] = role.IdToken,
            ["expiration"] = role.Expiration.ToUnixTimeSeconds(),
        }));
    }

    private void Locked(Action act)
    {
        lock (_gate)
        {
            act();
        }
    }
}
