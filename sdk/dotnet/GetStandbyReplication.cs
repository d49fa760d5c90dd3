namespace Pulumi.QingCloudMySqlStandby;

/// <summary>
/// Shows what links a cluster now: whether the link is up, since when, from where, and by which job. It reads only.
///
/// ## Example Usage
/// ### What links a cluster now
///
/// <code lang="csharp">
/// using System.Collections.Generic;
/// using Pulumi;
/// using Pulumi.QingCloudMySqlStandby;
///
/// return await Deployment.RunAsync(() =&gt;
/// {
///     var link = GetStandbyReplication.Invoke(new GetStandbyReplicationInvokeArgs
///     {
///         ClusterId = "cl-ouhutv70",
///         Zone = "sh1a",
///     });
///     return new Dictionary&lt;string, object?&gt; { ["linked"] = link.Apply(result =&gt; result.Linked) };
/// });
/// </code>
/// </summary>
public static class GetStandbyReplication
{
    private const string Token = "qingcloud-mysql-standby:index:getStandbyReplication";

    /// <inheritdoc cref="GetStandbyReplication"/>
    public static Task<GetStandbyReplicationResult> InvokeAsync(
        GetStandbyReplicationArgs args,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.InvokeAsync<GetStandbyReplicationResult>(
            Token,
            args ?? new GetStandbyReplicationArgs(),
            options.WithDefaults()
        );

    /// <inheritdoc cref="GetStandbyReplication"/>
    public static Output<GetStandbyReplicationResult> Invoke(
        GetStandbyReplicationInvokeArgs args,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.Invoke<GetStandbyReplicationResult>(
            Token,
            args ?? new GetStandbyReplicationInvokeArgs(),
            options.WithDefaults()
        );

    /// <inheritdoc cref="GetStandbyReplication"/>
    public static Output<GetStandbyReplicationResult> Invoke(
        GetStandbyReplicationInvokeArgs args,
        InvokeOutputOptions options
    ) =>
        Deployment.Instance.Invoke<GetStandbyReplicationResult>(
            Token,
            args ?? new GetStandbyReplicationInvokeArgs(),
            options.WithDefaults()
        );
}
