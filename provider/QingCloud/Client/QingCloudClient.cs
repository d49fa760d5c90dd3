using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Jobs;
using QingCloudMySqlStandby.QingCloud.Network;
using QingCloudMySqlStandby.QingCloud.Reads;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud.Client;

/// <summary>QingCloud's API, over HTTP. Making one is cheap: files, environment and network are looked at by the first
/// call that needs them. One client keeps one account's call budget and shares calls between its callers, so a process
/// should have one.</summary>
internal sealed class QingCloudClient : IQingCloud, IDisposable
{
    /// <summary>How long an address is tried that has not answered this process yet: most likely it is wrong.</summary>
    private static readonly TimeSpan FirstContact = TimeSpan.FromSeconds(20);

    private readonly RetryingReads _reads;
    private readonly InstanceRole _role;
    private readonly ApiTransport _transport;
    private readonly ZoneReaders _zones;
    private readonly SourceTabReads _sourceTabs;
    private readonly ClusterReads _clusters;
    private readonly JobWaits _waits;
    private readonly ServiceRunner _runner;
    private ReadTerms _terms;

    /// <summary>Puts the client together.</summary>
    /// <param name="options">How to reach QingCloud and on whose behalf.</param>
    /// <param name="environment">Gives an environment variable's value.</param>
    /// <param name="time">The clock, for stamps, waits and time-outs.</param>
    /// <param name="random">Spreads retries.</param>
    /// <param name="handler">Carries every request in place of the network; it stays the caller's to dispose.</param>
    public QingCloudClient(
        QingCloudOptions options,
        Func<string, string?> environment,
        TimeProvider time,
        Random random,
        HttpMessageHandler? handler = null
    )
    {
        _terms = new ReadTerms(() =>
            _transport!.HasAnswered || options.ReadPatience < FirstContact ? options.ReadPatience : FirstContact
        );
        var backoff = new Backoff(random, time);
        Clock = new ServerClock(time);
        var proxy = new ProxySettings(environment, HttpClient.DefaultProxy);
        HttpMessageInvoker Open(Func<HttpMessageHandler> sockets) =>
            handler is null ? new(sockets()) : new(handler, disposeHandler: false);

        _role = new InstanceRole(options.InstanceRoleAddress, Open(InstanceRole.OpenSockets), backoff, time);
        Account = new Account(options, environment, _role);
        _transport = new ApiTransport(
            Open(() => ApiTransport.OpenSockets(proxy, time)),
            proxy,
            options.RequestMethod,
            options.MaxAnswerBytes,
            time
        );
        var limiter = new RateLimiter(options.ApiCallsPerHour, time);
        var api = new ApiClient(Account, _transport, limiter, Clock, time);
        _reads = new RetryingReads(api, limiter, backoff, time);
        _zones = new ZoneReaders(_reads, time);
        _sourceTabs = new SourceTabReads(_reads, time);
        _clusters = new ClusterReads(_reads, Clock);
        _waits = new JobWaits(_zones, Clock, time);
        _runner = new ServiceRunner(api, _zones, Clock, backoff, time);
    }

    /// <summary>On whose behalf calls are made, and where to.</summary>
    internal Account Account { get; }

    /// <summary>The server's time, as far as its answers show.</summary>
    internal ServerClock Clock { get; }

    /// <summary>Makes a call of its own that reads.</summary>
    internal Task<JsonElement> ReadAsync(ApiCall call, CancellationToken cancellationToken) =>
        _reads.OnceAsync(
            (progress, abandoned) => _reads.ReadAsync(call, progress, abandoned),
            _terms,
            cancellationToken
        );

    /// <inheritdoc cref="IQingCloud.Reporting"/>
    public QingCloudClient Reporting(Action<string> report)
    {
        var same = (QingCloudClient)MemberwiseClone();
        same._terms = _terms with { Report = report };
        return same;
    }

    /// <inheritdoc/>
    IQingCloud IQingCloud.Reporting(Action<string> report) => Reporting(report);

    /// <inheritdoc/>
    public Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        Account.HasCredentialsAsync(cancellationToken);

    /// <inheritdoc/>
    public SecretText? AccessKeyId => Account.AccessKeyId;

    /// <inheritdoc/>
    public Task<string?> DefaultZoneAsync(CancellationToken cancellationToken) => Task.FromResult(Account.DefaultZone);

    /// <inheritdoc/>
    public Task<string> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken) =>
        _runner.RunAsync(call, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<Cluster?> FindClusterAsync(
        string zone,
        string clusterId,
        Freshness freshness,
        CancellationToken cancellationToken
    ) => _zones.Of(zone).FindClusterAsync(clusterId, freshness, _terms, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedCluster> ListClustersAsync(
        string zone,
        int offset,
        CancellationToken cancellationToken
    ) => _zones.Of(zone).ListClustersAsync(offset, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<JobHistory> ReadHistoryAsync(
        string zone,
        string clusterId,
        HistoryDepth depth,
        Freshness freshness,
        CancellationToken cancellationToken
    ) => _zones.Of(zone).ReadHistoryAsync(clusterId, depth, freshness, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken) =>
        _zones.Of(zone).FindJobAsync(jobId, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<Job> WaitForJobAsync(
        string zone,
        string jobId,
        Action<Job> progress,
        CancellationToken cancellationToken
    ) => _waits.WaitAsync(zone, jobId, progress, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<SourceTab?> FindSourceTabAsync(
        string zone,
        Cluster cluster,
        string role,
        Freshness freshness,
        CancellationToken cancellationToken
    ) => _sourceTabs.FindAsync(zone, cluster, role, freshness, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterNode>> ListNodesAsync(
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    ) => _clusters.ListNodesAsync(zone, clusterId, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<MeterReadings> ReadMetersAsync(string zone, string nodeId, CancellationToken cancellationToken) =>
        _clusters.ReadMetersAsync(zone, nodeId, _terms, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> ReadEnvironmentAsync(
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    ) => _clusters.ReadEnvironmentAsync(zone, clusterId, _terms, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Job> ListClusterJobsAsync(string zone, string appId, CancellationToken cancellationToken) =>
        _clusters.ListJobsAsync(zone, appId, _terms, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        _role.Dispose();
    }
}
