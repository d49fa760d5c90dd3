namespace Pulumi.QingCloudMySqlStandby;

/// <summary>
/// Shows whether data arrives on a standby, and how late: what links it, how its nodes are, and what their meters show.
/// It reads only, and costs a few calls and one for each node.
///
/// What is not known is absent and never 0: <c>lagSeconds</c> needs a meter of the cluster that counts the time behind,
/// a current value of it on every node that replicates, and that no other value can be meant, because QingCloud does
/// not publish the order in which the values of a node come. <c>summary</c> says what is missing. <c>doctor</c> shows
/// the values, and what to set <c>lagMeter</c> to.
///
/// ## Example Usage
/// ### Whether data arrives
///
/// <code lang="csharp">
/// using System.Collections.Generic;
/// using Pulumi;
/// using Pulumi.QingCloudMySqlStandby;
///
/// return await Deployment.RunAsync(() =&gt;
/// {
///     var health = GetStandbyHealth.Invoke(new GetStandbyHealthInvokeArgs
///     {
///         ClusterId = "cl-ouhutv70",
///         Zone = "sh1a",
///     });
///     return new Dictionary&lt;string, object?&gt;
///     {
///         ["summary"] = health.Apply(result =&gt; result.Summary),
///         ["lagSeconds"] = health.Apply(result =&gt; result.LagSeconds),
///     };
/// });
/// </code>
/// </summary>
public static class GetStandbyHealth
{
    private const string Token = "qingcloud-mysql-standby:index:getStandbyHealth";

    /// <inheritdoc cref="GetStandbyHealth"/>
    public static Task<GetStandbyHealthResult> InvokeAsync(GetStandbyHealthArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetStandbyHealthResult>(
            Token,
            args ?? new GetStandbyHealthArgs(),
            options.WithDefaults()
        );

    /// <inheritdoc cref="GetStandbyHealth"/>
    public static Output<GetStandbyHealthResult> Invoke(
        GetStandbyHealthInvokeArgs args,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.Invoke<GetStandbyHealthResult>(
            Token,
            args ?? new GetStandbyHealthInvokeArgs(),
            options.WithDefaults()
        );

    /// <inheritdoc cref="GetStandbyHealth"/>
    public static Output<GetStandbyHealthResult> Invoke(GetStandbyHealthInvokeArgs args, InvokeOutputOptions options) =>
        Deployment.Instance.Invoke<GetStandbyHealthResult>(
            Token,
            args ?? new GetStandbyHealthInvokeArgs(),
            options.WithDefaults()
        );
}
