namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetJob"/>, as outputs of resources may give them.</summary>
public sealed class GetJobInvokeArgs : InvokeArgs
{
    /// <summary>The job's id, such as <c>j-pfiu9d1waxq</c>.</summary>
    [Input("jobId", required: true)]
    public Input<string> JobId { get; set; } = null!;

    /// <summary>The job's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetJobInvokeArgs Empty => new();
}
