namespace Pulumi.QingCloudMySqlStandby;

/// <summary>
/// Keeps a standby cluster of QingCloud MySQL Plus in sync with a source cluster in another region, as a declared
/// resource.
///
/// Creating it submits <c>start_standby</c> on the standby cluster and waits for the job. Reading it reports what links
/// the cluster now. Deleting it cuts the link (<c>stop_standby</c>). Setting <c>promoted</c> fails over
/// (<c>promote_standby</c>). A failover that was made outside Pulumi is reported and never undone.
///
/// ## Example Usage
/// ### A standby in another region
///
/// <code lang="csharp">
/// using Pulumi;
/// using Pulumi.QingCloudMySqlStandby;
/// using Pulumi.QingCloudMySqlStandby.Inputs;
///
/// return await Deployment.RunAsync(() =&gt;
/// {
///     var config = new Pulumi.Config();
///     var link = new StandbyReplication("orders-dr", new StandbyReplicationArgs
///     {
///         ClusterId = "cl-ouhutv70",
///         Zone = "sh1a",
///         SyncWay = SyncWay.Full,
///         Source = new StandbySourceArgs
///         {
///             ClusterId = "cl-9np7ig3g",
///             Zone = "pek3a",
///             Host = "192.168.0.232",
///             User = "migrate_user",
///             Password = config.RequireSecret("sourcePassword"),
///         },
///     });
/// });
/// </code>
///
/// ## Import
///
/// An existing link is imported by the standby's zone and cluster id; <c>cl-...</c> alone is a cluster of the
/// provider's zone:
///
/// <code lang="sh">
/// $ pulumi import qingcloud-mysql-standby:index:StandbyReplication orders-dr sh1a/cl-ouhutv70
/// </code>
/// </summary>
[QingCloudMySqlStandbyResourceType(Token)]
public partial class StandbyReplication : CustomResource
{
    private const string Token = "qingcloud-mysql-standby:index:StandbyReplication";

    /// <summary>Declares a link.</summary>
    /// <param name="name">The resource's unique name.</param>
    /// <param name="args">What the link is to be.</param>
    /// <param name="options">Options that every resource has.</param>
    public StandbyReplication(string name, StandbyReplicationArgs args, CustomResourceOptions? options = null)
        : base(Token, name, args ?? new StandbyReplicationArgs(), WithDefaults(options, "")) { }

    private StandbyReplication(
        string name,
        Input<string> id,
        StandbyReplicationState? state,
        CustomResourceOptions? options
    )
        : base(Token, name, state, WithDefaults(options, id)) { }

    /// <summary>
    /// The standby cluster's id, such as <c>cl-ouhutv70</c>. It must be an HA edition of MySQL Plus, exist and be
    /// active. A change replaces the link, the new one first.
    /// </summary>
    [Output("clusterId")]
    public Output<string> ClusterId { get; private set; } = null!;

    /// <summary>
    /// The standby cluster's zone, such as <c>sh1a</c>. Defaults to the provider's zone. A change replaces the link,
    /// the new one first.
    /// </summary>
    [Output("zone")]
    public Output<string> Zone { get; private set; } = null!;

    /// <summary>
    /// The node role that the service runs on. A change stops the link and starts it again with <c>syncWay</c>.
    /// </summary>
    [Output("role")]
    public Output<string> Role { get; private set; } = null!;

    /// <summary>
    /// How the data comes to the standby. From <c>increment</c> to <c>full</c> stops the link and starts it again with
    /// a full copy; from <c>full</c> to <c>increment</c> changes nothing.
    /// </summary>
    [Output("syncWay")]
    public Output<QingCloudMySqlStandby.SyncWay> SyncWay { get; private set; } = null!;

    /// <summary>The cluster to replicate from, and how the standby reaches it.</summary>
    [Output("source")]
    public Output<Outputs.StandbySource> Source { get; private set; } = null!;

    /// <summary>
    /// Whether the standby is promoted. Setting it to true is a planned switchover (<c>promote_standby</c>), or accepts
    /// a failover that was made elsewhere. Setting it back to false is refused unless <c>relinkAfter</c> covers the
    /// promotion, because replicating again overwrites what was written to the standby since.
    /// </summary>
    [Output("promoted")]
    public Output<bool> Promoted { get; private set; } = null!;

    /// <summary>
    /// Whether a planned switchover first makes the source read-only (<c>set_readonly</c>), so that no write is lost.
    /// The source must be a cluster of this account then. A change alters the state only.
    /// </summary>
    [Output("fenceSource")]
    public Output<bool> FenceSource { get; private set; } = null!;

    /// <summary>What becomes of the standby when the resource is deleted. A change alters the state only.</summary>
    [Output("onDelete")]
    public Output<QingCloudMySqlStandby.OnDelete> OnDelete { get; private set; } = null!;

    /// <summary>
    /// Consent to submit <c>start_standby</c> over one event that ended the link: the id of the stop or promotion job,
    /// such as <c>j-pfiu9d1waxq</c>, or an instant, such as <c>2026-11-30T14:00:00Z</c>, which covers any event before
    /// it that no visible job explains. THAT OVERWRITES WHAT WAS WRITTEN TO THE STANDBY SINCE THAT EVENT. A later event
    /// is protected again, and an instant in the future is refused. The start job of another user's link treats that
    /// link as this resource's own. Every refusal prints the value. A change alters the state only.
    /// </summary>
    [Output("relinkAfter")]
    public Output<string?> RelinkAfter { get; private set; } = null!;

    /// <summary>Where the link stands, as it was last read.</summary>
    [Output("state")]
    public Output<QingCloudMySqlStandby.LinkState> State { get; private set; } = null!;

    /// <summary>The QingCloud job that brought the link to its <c>state</c>; absent when it is not listed.</summary>
    [Output("jobId")]
    public Output<string?> JobId { get; private set; } = null!;

    /// <summary>
    /// When the link was started, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>; absent when its job is not listed.
    /// </summary>
    [Output("startedAt")]
    public Output<string?> StartedAt { get; private set; } = null!;

    /// <summary>The standby cluster's name.</summary>
    [Output("clusterName")]
    public Output<string> ClusterName { get; private set; } = null!;

    /// <summary>The standby cluster's status, such as <c>active</c>.</summary>
    [Output("clusterStatus")]
    public Output<string> ClusterStatus { get; private set; } = null!;

    /// <summary>Reads a link that exists, without taking it over.</summary>
    /// <param name="name">The resource's unique name.</param>
    /// <param name="id">The link's id, <c>ZONE/CLUSTER</c>, such as <c>sh1a/cl-ouhutv70</c>.</param>
    /// <param name="state">What qualifies the lookup.</param>
    /// <param name="options">Options that every resource has.</param>
    /// <returns>The resource, with the outputs that were read.</returns>
    public static StandbyReplication Get(
        string name,
        Input<string> id,
        StandbyReplicationState? state = null,
        CustomResourceOptions? options = null
    ) => new(name, id, state, options);

    private static CustomResourceOptions WithDefaults(CustomResourceOptions? options, Input<string>? id)
    {
        // A former type or name of the resource would be listed here, as Aliases.
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            PluginDownloadURL = Utilities.PluginDownloadUrl,
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
