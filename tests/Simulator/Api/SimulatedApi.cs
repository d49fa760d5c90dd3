using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The API in front of a <see cref="SimulatedCloud"/>: it logs each call, applies the faults, and
/// answers. It speaks in requests and replies, which the server and the handler of the HTTP folder carry.</summary>
public sealed class SimulatedApi
{
    /// <summary>Where an instance asks for the credentials of its role.</summary>
    public const string MetadataPath = "/latest/meta-data/security-credentials";

    /// <summary>The name by which faults and counts know the metadata service.</summary>
    public const string MetadataAction = "metadata";

    private readonly Lock _gate = new();
    private readonly ApiOptions _options;
    private readonly AccessKeys _keys;
    private readonly ApiDispatch _dispatch;
    private readonly Random _random;

    /// <summary>Puts an API in front of a cloud.</summary>
    public SimulatedApi(SimulatedCloud cloud, ApiOptions? options = null)
    {
        Cloud = cloud;
        _options = options ?? new ApiOptions();
        JobListing = _options.JobListing ?? JobListing;
        Faults = new FaultBook(_options.Seed);
        BodyForm = _options.BodyForm;
        _random = new Random(_options.Seed);
        Calls = new CallLog(_options.CallLogLimit);
        _keys = new AccessKeys(_options);
        var sight = new Sight(cloud, _keys);
        var clusters = new ClusterActions(cloud, sight);
        var jobs = new JobActions(cloud, sight);
        var health = new HealthActions(cloud, sight);
        var actions = new Dictionary<string, Func<Call, JsonObject>>(StringComparer.Ordinal)
        {
            ["RunClusterCustomService"] = new StandbyActions(cloud, sight).Run,
            ["StopClusters"] = call => clusters.Change(LifeOperation.Stop, call),
            ["StartClusters"] = call => clusters.Change(LifeOperation.Start, call),
            ["DescribeJobs"] = jobs.Describe,
            ["DescribeClusterJobs"] = jobs.DescribeOfClusters,
            ["DescribeClusters"] = clusters.Describe,
            ["DescribeClusterDisplayTabs"] = clusters.DescribeTab,
            ["DescribeClusterNodes"] = health.DescribeNodes,
            ["DescribeClusterEnvironment"] = health.DescribeEnvironment,
            ["GetClusterMonitor"] = health.Monitor,
        };
        _dispatch = new ApiDispatch(cloud, _keys, new CallQuota(_options.CallsPerWindow), actions);
    }

    /// <summary>What the API is in front of.</summary>
    public SimulatedCloud Cloud { get; }

    /// <summary>The faults of calls to come.</summary>
    public FaultBook Faults { get; }

    /// <summary>How answers are written.</summary>
    public BodyForm BodyForm { get; set; }

    /// <summary>The calls that came.</summary>
    public CallLog Calls { get; }

    /// <summary>How DescribeJobs lists jobs, those made before too. These are some of the cloud's <see
    /// cref="Knobs"/>.</summary>
    public JobListing JobListing
    {
        get => JobListing.Of(Cloud.Knobs);
        set => Cloud.Knobs = value.ApplyTo(Cloud.Knobs);
    }

    /// <summary>Where the API lives.</summary>
    public string Path => _options.Path;

    /// <summary>Adds a key to the account's, or gives it another secret.</summary>
    public void AddAccessKey(string accessKeyId, string secretAccessKey)
    {
        lock (_gate)
        {
            _keys.Add(accessKeyId, secretAccessKey);
        }
    }

    /// <summary>Makes a key one of another account, which sees no cluster and no job, or one of this account
    /// again.</summary>
    public void SetForeign(string accessKeyId, bool foreign = true)
    {
        lock (_gate)
        {
            _keys.SetForeign(accessKeyId, foreign);
        }
    }

    /// <summary>A caller with that key, which becomes one of the account's, and sends that
    /// <c>req_id</c>.</summary>
    public KeyHolder ByKey(string accessKeyId, string? requestId = null)
    {
        lock (_gate)
        {
            var secret = _keys.SecretOf(accessKeyId);
            return new KeyHolder(Cloud, call => Signature.Compute("POST", Path, call, secret), accessKeyId, requestId);
        }
    }

    /// <summary>Adds a fault, or a plan for jobs, that is written as README.md says.</summary>
    /// <exception cref="FormatException">The string is no fault; the message says why.</exception>
    public void AddFault(string spec)
    {
        var parsed = FaultSpec.Parse(spec);
        if (parsed.OfCalls is { } fault)
            Faults.Add(fault);

        if (parsed.OfJobs is { } plan)
            Cloud.PlanJobs(plan);
    }

    /// <summary>Answers a request as soon as its faults let it.</summary>
    public async Task<Reply> AnswerAsync(ApiRequest request, CancellationToken cancellationToken = default)
    {
        var received = Received.Read(request, Cloud.Time.GetUtcNow(), Calls);
        var call = received.Call;
        var skew = FaultOf(call, FaultStage.Clock)?.Delay ?? TimeSpan.Zero;
        var delay = call.Fault = FaultOf(call, FaultStage.Delay);
        await WaitAsync(delay, FaultMoment.Before, cancellationToken);
        var reply = AnswerUnlessFaulty(received, skew);
        await WaitAsync(delay, FaultMoment.After, cancellationToken);
        call.Status = reply.Delivery == Delivery.Nothing ? null : reply.Status;
        _options.Observer?.Invoke(call);
        return reply with { Date = Cloud.Time.GetUtcNow() + skew };
    }

    private Fault? FaultOf(Call call, FaultStage stage) => Faults.Take(stage, call.Method, call.Action, call.Service);

    private Task WaitAsync(Fault? fault, FaultMoment moment, CancellationToken cancellationToken)
    {
        if (fault is null || fault.Moment != moment)
            return Task.CompletedTask;

        var delay = fault.Kind == FaultKind.Silent ? Timeout.InfiniteTimeSpan : fault.Delay;
        return Task.Delay(delay, Cloud.Time, cancellationToken);
    }

    private Reply AnswerUnlessFaulty(Received received, TimeSpan skew)
    {
        var fault = FaultOf(received.Call, FaultStage.Answer);
        received.Call.Fault = fault ?? received.Call.Fault;
        var answer = fault is { Moment: FaultMoment.Before } ? Reply.Json("") : Answer(received, skew);
        return fault is null ? answer : FaultReplies.Of(fault, received.Request, answer);
    }

    private Reply Answer(Received received, TimeSpan skew)
    {
        var path = received.Request.Path;
        var isGet = received.Request.Method == "GET";
        lock (_gate)
        {
            if (path == MetadataPath)
                return isGet && _keys.Role(Cloud.Time.GetUtcNow()) is { } role ? Role(role) : Reply.Html(404);

            return path != _options.Path && path != AccessKeys.IamPath ? Reply.Html(404)
                : isGet || received.Request.Method == "POST" ? Process(received, skew)
                : Reply.Html(405);
        }
    }

    private Reply Process(Received received, TimeSpan skew)
    {
        var call = received.Call;
        var now = Cloud.Time.GetUtcNow();
        JsonObject answer;
        try
        {
            answer = _dispatch.Answer(received, now + skew);
        }
        catch (RefusedException refusal)
        {
            answer = new JsonObject { ["ret_code"] = refusal.RetCode, ["message"] = refusal.Message };
        }

        call.RetCode = (int?)answer["ret_code"];
        call.Message = (string?)answer["message"];
        call.JobId = (string?)answer["job_id"];
        call.ProcessedAt = now;
        return Reply.Json(BodyForms.Write(answer, BodyForm, _random));
    }

    private static Reply Role(RoleCredentials role) =>
        Reply.Json(
            new JsonObject
            {
                ["access_key"] = role.AccessKey,
                ["secret_key"] = role.SecretKey,
                ["id_token"] = role.IdToken,
                ["expiration"] = role.Expiration.ToUnixTimeSeconds(),
            }.ToJsonString()
        );
}
