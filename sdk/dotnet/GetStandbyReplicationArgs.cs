namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetStandbyReplication.InvokeAsync"/>.</summary>
public sealed class GetStandbyReplicationArgs : InvokeArgs
{
    /// <summary>The standby cluster's id, such as <c>cl-ouhutv70</c>.</summary>
    [Input("clusterId", required: true)]
    public string ClusterId { get; set; } = null!;

    /// <summary>The standby cluster's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public string? Zone { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetStandbyReplicationArgs Empty => new();
}
