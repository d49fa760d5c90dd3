using QingCloudMySqlStandby.Link.Evidence;

namespace QingCloudMySqlStandby.Histories.Broken;

/// <summary>A provider that is broken on purpose, from the outside: it is given something else than there is, or does
/// something else than it decided. By itself it is as it should be.</summary>
internal sealed record BrokenBuild
{
    /// <summary>The resource that a call is for.</summary>
    private static readonly AsyncLocal<string?> Urn = new();

    /// <summary>Changes what the provider reads of a cluster's jobs.</summary>
    public Func<JobHistory, string, JobHistory>? History { get; init; }

    /// <summary>Changes what it reads of a cluster.</summary>
    public Func<Cluster, Cluster>? Cluster { get; init; }

    /// <summary>Whether no cluster has a tab.</summary>
    public bool HidesTabs { get; init; }

    /// <summary>Submits something else.</summary>
    public Func<IQingCloud, ServiceCall, CancellationToken, Task<string>>? Submit { get; init; }

    /// <summary>Changes what the engine asks to check.</summary>
    public Func<CheckRequest, CheckRequest>? Check { get; init; }

    /// <summary>Changes what the engine asks to create.</summary>
    public Func<CreateRequest, CreateRequest>? Create { get; init; }

    /// <summary>Changes what the engine asks to update.</summary>
    public Func<UpdateRequest, UpdateRequest>? Update { get; init; }

    /// <summary>Changes what the engine asks to delete.</summary>
    public Func<DeleteRequest, DeleteRequest>? Delete { get; init; }

    /// <summary>Changes how a read is answered.</summary>
    public Func<ReadRequest, Func<ReadRequest, Task<ReadResult?>>, Task<ReadResult?>>? Read { get; init; }

    public IProvider Provider(IProvider provider) => new BrokenProvider(provider, this);

    public IQingCloud Client(IQingCloud cloud) => new BrokenCloud(cloud, this);

    /// <summary>The job as if the resource had submitted it that is looked at.</summary>
    public static Job AsOwn(Job job, Purpose purpose)
    {
        var id = new RequestId(ResourceIdentity.Of(Urn.Value ?? ""), purpose).ForOneCall(new Random(1));
        return WithRequestId(job, id);
    }

    /// <summary>The job with another <c>req_id</c>.</summary>
    public static Job WithRequestId(Job job, string? id) =>
        job.Request is not { } request
            ? job
            : job with
            {
                Request = request with { Sender = request.Sender with { RequestId = id } },
            };

    private sealed class BrokenProvider(IProvider provider, BrokenBuild build) : DecoratedProvider(provider)
    {
        public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
            base.CheckAsync(build.Check?.Invoke(request) ?? request, cancellationToken);

        public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            Urn.Value = request.Urn;
            return await base.CreateAsync(build.Create?.Invoke(request) ?? request, cancellationToken);
        }

        public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
        {
            Urn.Value = request.Urn;
            return await base.UpdateAsync(build.Update?.Invoke(request) ?? request, cancellationToken);
        }

        public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
        {
            Urn.Value = request.Urn;
            await base.DeleteAsync(build.Delete?.Invoke(request) ?? request, cancellationToken);
        }

        public override async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
        {
            Urn.Value = request.Urn;
            return build.Read is { } read
                ? await read(request, changed => base.ReadAsync(changed, cancellationToken))
                : await base.ReadAsync(request, cancellationToken);
        }
    }

    private sealed class BrokenCloud(IQingCloud cloud, BrokenBuild build) : IQingCloud
    {
        public SecretText? AccessKeyId => cloud.AccessKeyId;

        public Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
            cloud.HasCredentialsAsync(cancellationToken);

        public Task<string?> DefaultZoneAsync(CancellationToken cancellationToken) =>
            cloud.DefaultZoneAsync(cancellationToken);

        public IQingCloud Reporting(Action<string> report) => new BrokenCloud(cloud.Reporting(report), build);

        public Task<string> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken) =>
            build.Submit?.Invoke(cloud, call, cancellationToken) ?? cloud.RunServiceAsync(call, cancellationToken);

        public async Task<Cluster?> FindClusterAsync(
            string zone,
            string clusterId,
            Freshness freshness,
            CancellationToken cancellationToken
        )
        {
            var cluster = await cloud.FindClusterAsync(zone, clusterId, freshness, cancellationToken);
            return cluster is null ? null : build.Cluster?.Invoke(cluster) ?? cluster;
        }

        public async Task<JobHistory> ReadHistoryAsync(
            string zone,
            string clusterId,
            HistoryDepth depth,
            Freshness freshness,
            CancellationToken cancellationToken
        )
        {
            var history = await cloud.ReadHistoryAsync(zone, clusterId, depth, freshness, cancellationToken);
            return build.History?.Invoke(history, clusterId) ?? history;
        }

        public async Task<SourceTab?> FindSourceTabAsync(
            string zone,
            Cluster cluster,
            string role,
            Freshness freshness,
            CancellationToken cancellationToken
        ) => build.HidesTabs ? null : await cloud.FindSourceTabAsync(zone, cluster, role, freshness, cancellationToken);

        public Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken) =>
            cloud.FindJobAsync(zone, jobId, cancellationToken);

        public Task<Job> WaitForJobAsync(
            string zone,
            string jobId,
            Action<Job> progress,
            CancellationToken cancellationToken
        ) => cloud.WaitForJobAsync(zone, jobId, progress, cancellationToken);

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

        public IAsyncEnumerable<Job> ListClusterJobsAsync(
            string zone,
            string appId,
            CancellationToken cancellationToken
        ) => cloud.ListClusterJobsAsync(zone, appId, cancellationToken);
    }
}
