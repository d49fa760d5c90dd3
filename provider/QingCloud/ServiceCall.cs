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
}

/// <summary>A <c>RunClusterCustomService</c> call.</summary>
/// <param name="Zone">The zone of the cluster that it runs on.</param>
/// <param name="ClusterId">The cluster that it runs on: the standby.</param>
/// <param name="Role">The node role, <c>maininstance</c>.</param>
/// <param name="Service">One of <see cref="ServiceNames"/>.</param>
/// <param name="Link">The parameters of <c>start_standby</c>; null for the services without parameters.</param>
internal sealed record ServiceCall(
    string Zone,
    string ClusterId,
    string Role,
    string Service,
    LinkParameters? Link = null
)
{
    /// <summary>The call's <c>req_id</c>, 32 hexadecimal digits. QingCloud's own SDK sends one with every call; the
    /// job's directive echoes the call's parameters, so that the job can be distinguished from others by it. Null sends
    /// none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The cluster's jobs of the last five minutes and more that were known when this call was decided on.
    /// When the call has to be made again and another job has turned up by then, it is this call's, or somebody else
    /// has done something and the decision is void. Null leaves others' jobs out of account, and separates old from new
    /// by the clock.</summary>
    public IReadOnlyCollection<string>? KnownJobs { get; init; }
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

/// <summary>A job that a call started.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="IsGuess">Whether the answer was lost and the job was found by what it does alone, because directives do
/// not show whose it is.</param>
internal sealed record SubmittedJob(string Id, bool IsGuess = false);
