using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Somebody who calls the API with an access key of the account, such as a script or another stack. The calls
/// are signed as all are, but they are not logged, and no fault befalls them. Refusals are <see
/// cref="RefusedException"/>.</summary>
public sealed class KeyHolder
{
    private readonly SimulatedCloud _cloud;
    private readonly Func<Parameters, string> _sign;
    private readonly string _accessKeyId;
    private readonly string? _requestId;

    internal KeyHolder(SimulatedCloud cloud, Func<Parameters, string> sign, string accessKeyId, string? requestId)
    {
        _cloud = cloud;
        _sign = sign;
        _accessKeyId = accessKeyId;
        _requestId = requestId;
    }

    /// <summary>Links a standby to a source.</summary>
    public JobView Start(string standbyId, SourceEndpoint source, SyncWay way = SyncWay.Full) =>
        Call(standbyId, StandbyService.Start(source, way));

    /// <summary>Cuts the link of a standby.</summary>
    public JobView Stop(string standbyId) => Call(standbyId, StandbyService.Stop);

    /// <summary>Makes a standby that has caught up a cluster of its own.</summary>
    public JobView Promote(string standbyId) => Call(standbyId, StandbyService.Promote);

    private JobView Call(string standbyId, StandbyService service)
    {
        var cluster = _cloud.Cluster(standbyId) ?? throw Refuse.NotFound(standbyId);
        var unsigned = service.Parameters(cluster.Spec).Concat(Common()).ToList();
        var signature = _sign(new Parameters(unsigned));
        return _cloud.RunService(service, new JobRequest(Channel.Api, [.. unsigned, new("signature", signature)]));
    }

    private IEnumerable<KeyValuePair<string, string>> Common()
    {
        yield return new("time_stamp", Stamps.Write(_cloud.Time.GetUtcNow()));
        yield return new("access_key_id", _accessKeyId);
        yield return new("version", "1");
        yield return new("signature_method", "HmacSHA256");
        yield return new("signature_version", "1");
        if (_requestId is not null)
            yield return new("req_id", _requestId);
    }
}
