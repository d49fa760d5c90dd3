using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Jobs;
using QingCloudMySqlStandby.QingCloud.Pacing;
using QingCloudMySqlStandby.QingCloud.Reads;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud.Client;

/// <summary>
/// QingCloud's API, over HTTP. Making one is cheap: files, environment and network are looked at by the first call that needs
/// them. One client keeps one account's call budget and shares calls between its callers, so a process should have one.
/// </summary>
public sealed class QingCloudClient : IQingCloud, IDisposable
{
    private readonly Account _account;
    private readonly InstanceRole _role;
    private readonly ApiTransport _transport;
    private readonly Describe _describe;
    private readonly ClusterReads _clusters;
    private readonly HistoryReads _history;
    private readonly SourceTabReads _sourceTabs;
    private readonly JobWaits _waits;
    private readonly ServiceRunner _runner;
    private readonly TimeSpan _patience;

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
        _patience = options.ReadPatience;
        var backoff = new Backoff(random, time);
        var clock = new ServerClock(time);
        var changes = new ZoneChanges(time);
        var shared = handler is null ? null : new SharedHandler(handler);
        _role = new InstanceRole(options.InstanceRoleAddress, () => shared ?? InstanceRole.OpenSockets(), backoff, time);
        _account = new Account(options, environment, _role);
        _transport = new ApiTransport(() => shared ?? ApiTransport.OpenSockets(), options.RequestMethod, limits, time);
        var api = new ApiClient(_account, _transport, new CallBudget(options.ApiCallsPerHour, time), clock);
        var reads = new RetryingReads(api, backoff, time);
        _describe = new Describe(reads);
        _clusters = new ClusterReads(_describe, changes, _patience, time);
        _history = new HistoryReads(_describe, changes, _patience, time);
        _sourceTabs = new SourceTabReads(reads, _patience);
        _waits = new JobWaits(_describe, clock, time);
        _runner = new ServiceRunner(api, _history, changes, clock, backoff, _patience, time);
    }

    /// <inheritdoc/>
    public Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        _account.HasCredentialsAsync(cancellationToken);

    /// <inheritdoc/>
    public SecretText? AccessKeyId => _account.AccessKeyId;

    /// <inheritdoc/>
    public Task<string?> DefaultZoneAsync(CancellationToken cancellationToken) => Task.FromResult(_account.DefaultZone);

    /// <inheritdoc/>
    public Task<SubmittedJob> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken) =>
        _runner.RunAsync(call, cancellationToken);

    /// <inheritdoc/>
    public Task<Cluster?> FindClusterAsync(
        string zone, string clusterId, Freshness freshness, CancellationToken cancellationToken) =>
        _clusters.FindAsync(zone, clusterId, freshness, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedCluster> ListClustersAsync(string zone, int offset, CancellationToken cancellationToken) =>
        _clusters.ListAsync(zone, offset, cancellationToken);

    /// <inheritdoc/>
    public Task<JobHistory> ReadHistoryAsync(
        string zone, string clusterId, DateTimeOffset? since, Freshness freshness, CancellationToken cancellationToken) =>
        _history.ReadAsync(zone, clusterId, since, freshness, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken)
    {
        var found = await _describe.RowsAsync(Listings.Jobs, zone, [jobId], new ReadTerms(_patience), cancellationToken);
        return found.GetValueOrDefault(jobId);
    }

    /// <inheritdoc/>
    public Task<Job> WaitForJobAsync(
        string zone, string jobId, Action<Job> progress, CancellationToken cancellationToken) =>
        _waits.WaitAsync(zone, jobId, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<SourceTab?> FindSourceTabAsync(
        string zone, Cluster cluster, string role, CancellationToken cancellationToken) =>
        _sourceTabs.FindAsync(zone, cluster, role, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        _role.Dispose();
    }

    /// <summary>Passes requests to a handler that belongs to somebody else, and leaves its disposal to them.</summary>
    private sealed class SharedHandler(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);
    }
}
