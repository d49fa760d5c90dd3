namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What the provider asks of QingCloud. Every method throws <see cref="QingCloudException"/> when QingCloud
/// refuses or cannot be reached, and <see cref="OperationCanceledException"/> when the token is cancelled. Calls that
/// read are retried until the token ends them; calls that change something are made once, and a lost answer is settled
/// before any second try.</summary>
internal interface IQingCloud
{
    /// <summary>Whether there are credentials to call with. Asks the network only where an instance role may give them.
    /// Half a pair of keys, or a credentials file that cannot be read, is an error and not a "no".</summary>
    Task<bool> HasCredentialsAsync(CancellationToken cancellationToken);

    /// <summary>The zone to use where none is named: the configuration's, the environment's or the credentials
    /// file's.</summary>
    Task<string?> DefaultZoneAsync(CancellationToken cancellationToken);

    /// <summary>The access key's id; null where there is none, or where the instance's role gives keys that
    /// change.</summary>
    SecretText? AccessKeyId { get; }

    /// <summary>Makes a <c>RunClusterCustomService</c> call and returns its job's id. At most one job is started: when
    /// the answer is lost, the job that carries the call's signature or <c>req_id</c> is looked for, and the call is made
    /// again only when it provably started none.</summary>
    Task<string> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken);

    /// <summary>The same account, whose calls report what they wait for, a line for the user each time: an answer that
    /// is slow, a call that is made again, a lost answer that is settled, the account's call budget.</summary>
    IQingCloud Reporting(Action<string> report);

    /// <summary>Reads a cluster; null when QingCloud does not list it. A deleted one may be listed for a while.</summary>
    Task<Cluster?> FindClusterAsync(
        string zone,
        string clusterId,
        Freshness freshness,
        CancellationToken cancellationToken
    );

    /// <summary>Reads the clusters of a zone that are not deleted, from the row <paramref name="offset"/> to the last
    /// one, a page of up to 100 at a time and only as far as the caller enumerates.</summary>
    IAsyncEnumerable<ListedCluster> ListClustersAsync(string zone, int offset, CancellationToken cancellationToken);

    /// <summary>Reads the jobs on a cluster that may have changed a link (<see cref="JobKinds.ConcernsLink"/>), newest
    /// first, as far back as <paramref name="depth"/> asks or as jobs are listed.</summary>
    Task<JobHistory> ReadHistoryAsync(
        string zone,
        string clusterId,
        HistoryDepth depth,
        Freshness freshness,
        CancellationToken cancellationToken
    );

    /// <summary>Reads one job; null when QingCloud does not know it.</summary>
    Task<Job?> FindJobAsync(string zone, string jobId, CancellationToken cancellationToken);

    /// <summary>Waits until a job has ended, well or badly, and returns it. <paramref name="progress"/> is called at
    /// each look. Waits of one zone share their calls.</summary>
    Task<Job> WaitForJobAsync(string zone, string jobId, Action<Job> progress, CancellationToken cancellationToken);

    /// <summary>Reads what the cluster's own disaster-recovery tab says of its source; null when the cluster offers no
    /// such tab or the tab holds nothing that can be read (an empty table can). The tab's form is not published: this
    /// is supporting evidence only.</summary>
    Task<SourceTab?> FindSourceTabAsync(
        string zone,
        Cluster cluster,
        string role,
        Freshness freshness,
        CancellationToken cancellationToken
    );

    /// <summary>Reads the nodes of a cluster, at the cost of a call.</summary>
    Task<IReadOnlyList<ClusterNode>> ListNodesAsync(string zone, string clusterId, CancellationToken cancellationToken);

    /// <summary>Reads what a node's app has measured in the last half hour, at the cost of a call.</summary>
    Task<MeterReadings> ReadMetersAsync(string zone, string nodeId, CancellationToken cancellationToken);

    /// <summary>Reads the parameters of a cluster and the values in force, at the cost of a call. The case of a name does
    /// not matter; those that QingCloud hides are absent.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadEnvironmentAsync(
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    );

    /// <summary>Reads the jobs on all clusters of an app (<see cref="Cluster.AppId"/>), newest first, a page of up to 100
    /// at a time and only as far as the caller enumerates. Among them may be jobs that the account's own list of jobs
    /// does not show.</summary>
    IAsyncEnumerable<Job> ListClusterJobsAsync(string zone, string appId, CancellationToken cancellationToken);
}

/// <summary>How old an answer may be.</summary>
internal enum Freshness
{
    /// <summary>Asked of QingCloud after this call began: needed before anything is changed.</summary>
    Live,

    /// <summary>A few seconds old at most, and never older than this process's last change: good for refreshes and
    /// previews.</summary>
    Recent,
}
