namespace Pulumi.QingCloudMySqlStandby;

/// <summary>
/// Shows where a QingCloud job stands. It reads only, and never shows what the job's request held.
///
/// ## Example Usage
/// ### Where a job stands
///
/// <code lang="csharp">
/// using System.Collections.Generic;
/// using Pulumi;
/// using Pulumi.QingCloudMySqlStandby;
///
/// return await Deployment.RunAsync(() =&gt;
/// {
///     var job = GetJob.Invoke(new GetJobInvokeArgs { JobId = "j-pfiu9d1waxq", Zone = "sh1a" });
///     return new Dictionary&lt;string, object?&gt; { ["status"] = job.Apply(result =&gt; result.Status) };
/// });
/// </code>
/// </summary>
public static class GetJob
{
    private const string Token = "qingcloud-mysql-standby:index:getJob";

    /// <inheritdoc cref="GetJob"/>
    public static Task<GetJobResult> InvokeAsync(GetJobArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetJobResult>(Token, args ?? new GetJobArgs(), options.WithDefaults());

    /// <inheritdoc cref="GetJob"/>
    public static Output<GetJobResult> Invoke(GetJobInvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<GetJobResult>(Token, args ?? new GetJobInvokeArgs(), options.WithDefaults());

    /// <inheritdoc cref="GetJob"/>
    public static Output<GetJobResult> Invoke(GetJobInvokeArgs args, InvokeOutputOptions options) =>
        Deployment.Instance.Invoke<GetJobResult>(Token, args ?? new GetJobInvokeArgs(), options.WithDefaults());
}
