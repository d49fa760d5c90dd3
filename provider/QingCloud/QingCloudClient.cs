namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// QingCloud's API, over HTTP. Making one is cheap: files, environment and network are looked at by the first call that needs
/// them. One client keeps one account's call budget and shares calls between its callers, so a process should have one.
/// </summary>
public sealed class QingCloudClient : IQingCloud, IDisposable
{
    private readonly Account account;
    private readonly InstanceRole role;
    private readonly ApiTransport transport;
    private readonly Describe describe;
    private readonly ClusterReads clusters;
    private readonly HistoryReads history;
    private readonly SourceTabReads sourceTabs;
    private readonly JobWaits waits;
    private readonly ServiceRunner runner;
    private readonly TimeSpan patience;

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
        HttpMessageHandler? handler = null)
        : this(options, environment, time, random, handler, TransportLimits.Default)
    {
    }

    internal QingCloudClient(
        QingCloudOptions options,
        Func<string, string?> environment,
        TimeProvider time,
        Random random,
        HttpMessageHandler? handler,
        TransportLimits limits)
    {
        patience = options.ReadPatience;
        var backoff = new Backoff(random, time);
        var clock = new ServerClock(time);
        var changes = new ZoneChanges(time);
        var shared = handler is null ? null : new SharedHandler(handler);
        role = new InstanceRole(options.InstanceRoleAddress, () => shared ?? InstanceRole.OpenSockets(), backoff, time);
        account = new Account(options, environment, role);
        transport = new ApiTransport(() => shared ?? ApiTransport.OpenSockets(), options.RequestMethod, limits, time);
        var api = new ApiClient(account, transport, new CallBudget(options.ApiCallsPerHour, time), clock);
        var reads = new RetryingReads(api, backoff, time);
        describe = new Describe(reads);
        clusters = new ClusterReads(describe, changes, patience, time);
        history = new HistoryReads(describe, changes, patience, time);
        sourceTabs = new SourceTabReads(reads, patience);
        waits = new JobWaits(describe, clock, time);
        runner = new ServiceRunner(api, history, changes, clock, backoff, patience, time);
    }

    /// <inheritdoc/>
    public Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        account.HasCredentialsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<string?> DefaultZoneAsync(CancellationToken cancellationToken) => Task.FromResult(account.DefaultZone);

    /// <inheritdoc/>
    public Task<string> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken) =>
        runner.RunAsync(call, cancellationToken);

    /// <inheritdoc/>
    public Task<Cluster?> FindClusterAsync(
        string zone, string clusterId, Freshness freshness, CancellationToken cancellationToken) =>
        clusters.FindAsync(zone, clusterId, freshness, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedCluster> ListClustersAsync(string zone, int offset, CancellationToken cancellationToken) =>
        clusters.ListAsync(zone, offset, cancellationToken);

    /// <inheritdoc/>
    public Task<JobHistory> ReadHistoryAsync(
        string zone, string clusterId, DateTimeOffset? since, Freshness freshness, CancellationToken cancellationToken) =>
        history.ReadAsync(zone, clusterId, since, freshness, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken)
    {
        var found = await describe.RowsAsync(Listings.Jobs, zone, [jobId], new ReadTerms(patience), cancellationToken);
        return found.GetValueOrDefault(jobId);
    }

    /// <inheritdoc/>
    public Task<Job> WaitForJobAsync(
        string zone, string jobId, Action<Job> progress, CancellationToken cancellationToken) =>
        waits.WaitAsync(zone, jobId, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<SourceTab?> FindSourceTabAsync(
        string zone, Cluster cluster, string role, CancellationToken cancellationToken) =>
        sourceTabs.FindAsync(zone, cluster, role, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        transport.Dispose();
        role.Dispose();
    }

    /// <summary>Passes requests to a handler that belongs to somebody else, and leaves its disposal to them.</summary>
    private sealed class SharedHandler(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker invoker = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => invoker.SendAsync(request, cancellationToken);
    }
}
