using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>A cloud that passes everything on, for one that changes a part of it.</summary>
internal abstract class DecoratedCloud(IQingCloud cloud) : IQingCloud
{
    public Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        cloud.HasCredentialsAsync(cancellationToken);

    public Task<string?> DefaultZoneAsync(CancellationToken cancellationToken) =>
        cloud.DefaultZoneAsync(cancellationToken);

    public SecretText? AccessKeyId => cloud.AccessKeyId;

    public IQingCloud Reporting(Action<string> report) => this;

    public virtual Task<SubmittedJob> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken) =>
        cloud.RunServiceAsync(call, cancellationToken);

    public Task<Cluster?> FindClusterAsync(
        string zone,
        string clusterId,
        Freshness freshness,
        CancellationToken cancellationToken
    ) => cloud.FindClusterAsync(zone, clusterId, freshness, cancellationToken);

    public virtual Task<JobHistory> ReadHistoryAsync(
        string zone,
        string clusterId,
        DateTimeOffset? since,
        Freshness freshness,
        CancellationToken cancellationToken
    ) => cloud.ReadHistoryAsync(zone, clusterId, since, freshness, cancellationToken);

    public Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken) =>
        cloud.FindJobAsync(zone, jobId, cancellationToken);

    public Task<Job> WaitForJobAsync(
        string zone,
        string jobId,
        Action<Job> progress,
        CancellationToken cancellationToken
    ) => cloud.WaitForJobAsync(zone, jobId, progress, cancellationToken);

    public virtual Task<SourceTab?> FindSourceTabAsync(
        string zone,
        Cluster cluster,
        string role,
        CancellationToken cancellationToken
    ) => cloud.FindSourceTabAsync(zone, cluster, role, cancellationToken);

    public IAsyncEnumerable<ListedCluster> ListClustersAsync(
        string zone,
        int offset,
        CancellationToken cancellationToken
    ) => cloud.ListClustersAsync(zone, offset, cancellationToken);

    public Task<IReadOnlyList<ClusterNode>> ListNodesAsync(
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    ) => cloud.ListNodesAsync(zone, clusterId, cancellationToken);

    public Task<MeterReadings> ReadMetersAsync(string zone, string nodeId, CancellationToken cancellationToken) =>
        cloud.ReadMetersAsync(zone, nodeId, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ReadEnvironmentAsync(
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    ) => cloud.ReadEnvironmentAsync(zone, clusterId, cancellationToken);

    public IAsyncEnumerable<Job> ListClusterJobsAsync(string zone, string appId, CancellationToken cancellationToken) =>
        cloud.ListClusterJobsAsync(zone, appId, cancellationToken);
}
