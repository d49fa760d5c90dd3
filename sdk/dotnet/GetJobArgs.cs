namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetJob.InvokeAsync"/>.</summary>
public sealed class GetJobArgs : InvokeArgs
{
    /// <summary>The job's id, such as <c>j-pfiu9d1waxq</c>.</summary>
    [Input("jobId", required: true)]
    public string JobId { get; set; } = null!;

    /// <summary>The job's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public string? Zone { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetJobArgs Empty => new();
}
