using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>A caller of the API with an access key of the account, such as a script or another stack. The calls
/// are signed as all are, but they are not logged, and meet no fault. Refusals are <see
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

    /// <summary>Makes a cluster read-only for good, or writable again.</summary>
    public JobView SetReadOnly(string id, bool readOnly) => Call(id, StandbyService.SetReadOnly(readOnly));

    /// <summary>Stops a cluster, which ends its link.</summary>
    public JobView StopCluster(string id) => Call(id, LifeOperation.Stop);

    /// <summary>Starts a stopped cluster.</summary>
    public JobView StartCluster(string id) => Call(id, LifeOperation.Start);

    private JobView Call(string id, StandbyService service) =>
        _cloud.RunService(service, Signed(service.Parameters(SpecOf(id))));

    private JobView Call(string id, LifeOperation operation)
    {
        var spec = SpecOf(id);
        var request = Signed([new("action", operation.Action), new("clusters.1", id), new("zone", spec.Zone)]);
        return _cloud.ChangeClusters(operation, [id], request).Single();
    }

    private ClusterSpec SpecOf(string id) => (_cloud.Cluster(id) ?? throw Refuse.NotFound(id)).Spec;

    private JobRequest Signed(IEnumerable<KeyValuePair<string, string>> own)
    {
        var unsigned = own.Concat(Common()).ToList();
        var signature = _sign(new Parameters(unsigned));
        return new JobRequest(Channel.Api, [.. unsigned, new("signature", signature)], $"script:{_accessKeyId}");
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
