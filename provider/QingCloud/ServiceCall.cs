namespace QingCloudMySqlStandby.QingCloud;

/// <summary>Names of the custom services of MySQL Plus that concern a standby.</summary>
internal static class ServiceNames
{
    /// <summary>Makes a cluster replicate from a source.</summary>
    public const string StartStandby = "start_standby";

    /// <summary>Cuts the link without a consistency check.</summary>
    public const string StopStandby = "stop_standby";

    /// <summary>Makes a standby that has caught up writable.</summary>
    public const string PromoteStandby = "promote_standby";

    /// <summary>Makes a cluster's primary read-only for good, or writable again.</summary>
    public const string SetReadOnly = "set_readonly";
}

/// <summary>A <c>RunClusterCustomService</c> call.</summary>
/// <param name="Zone">The zone of the cluster that it runs on.</param>
/// <param name="ClusterId">The cluster that it runs on.</param>
/// <param name="Role">The node role, <c>maininstance</c>.</param>
/// <param name="Service">One of <see cref="ServiceNames"/>.</param>
/// <param name="Link">The parameters of <c>start_standby</c>; null for the other services.</param>
internal sealed record ServiceCall(
    string Zone,
    string ClusterId,
    string Role,
    string Service,
    LinkParameters? Link = null
)
{
    /// <summary>The parameter of <c>set_readonly</c>; null for the other services.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The call's <c>req_id</c>, 32 hexadecimal digits. QingCloud's own SDK sends one with every call; the
    /// job's directive echoes the call's parameters, so that the job can be distinguished from others by it. Null sends
    /// none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The cluster's jobs of the last five minutes and more that were known when this call was decided on.
    /// When the call has to be made again and another job has appeared by then, the decision is void. Null leaves the
    /// jobs of others out of account.</summary>
    public IReadOnlyCollection<string>? KnownJobs { get; init; }

    /// <summary>Requires once more what the call assumes, before every further attempt: minutes may have passed. Null
    /// requires nothing.</summary>
    public Func<CancellationToken, Task>? BeforeRetry { get; init; }

    /// <summary>The request as the job's directive shows it where nothing in it is hidden.</summary>
    public ServiceRequest AsRequest() =>
        new(Service, ClusterId, Zone, Link)
        {
            ReadOnly = ReadOnly,
            Role = Role,
            Sender = new Sender(RequestId, null, null, Sender.Api),
        };
}

/// <summary>The <c>service_params</c> of <c>start_standby</c>.</summary>
/// <param name="SyncWay"><c>full</c> or <c>increment</c>.</param>
/// <param name="SourceZone">The source's zone.</param>
/// <param name="SourceClusterId">The source's cluster id.</param>
/// <param name="Host">The source's high-availability address.</param>
/// <param name="Port">The source's port.</param>
/// <param name="User">The replication user.</param>
/// <param name="Password">Its password.</param>
internal sealed record LinkParameters(
    string SyncWay,
    string SourceZone,
    string SourceClusterId,
    string Host,
    int Port,
    string User,
    SecretText Password
);
