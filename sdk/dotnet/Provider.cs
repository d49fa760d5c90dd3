namespace Pulumi.QingCloudMySqlStandby;

/// <summary>
/// The QingCloud MySQL standby provider. Every setting has a default or may come from the environment; credentials are
/// needed only when a call is made.
/// </summary>
[QingCloudMySqlStandbyResourceType("pulumi:providers:qingcloud-mysql-standby")]
public partial class Provider : ProviderResource
{
    /// <summary>Declares a provider, for stacks that use more than one account or endpoint.</summary>
    /// <param name="name">The resource's unique name.</param>
    /// <param name="args">The provider's settings.</param>
    /// <param name="options">Options that every resource has.</param>
    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("qingcloud-mysql-standby", name, args ?? new ProviderArgs(), WithDefaults(options)) { }

    /// <summary>
    /// The access key's id. Without it the environment variable QINGCLOUD_ACCESS_KEY, the credentials file and (with
    /// <c>useInstanceRole</c>) the instance's role are asked in turn.
    /// </summary>
    [Output("accessKeyId")]
    public Output<string?> AccessKeyId { get; private set; } = null!;

    /// <summary>
    /// The access key's secret. Without it QINGCLOUD_SECRET_KEY, the credentials file and (with <c>useInstanceRole</c>)
    /// the instance's role are asked in turn.
    /// </summary>
    [Output("secretAccessKey")]
    public Output<string?> SecretAccessKey { get; private set; } = null!;

    /// <summary>
    /// The zone of resources that name none. Defaults to QINGCLOUD_ZONE, then to the credentials file's zone.
    /// </summary>
    [Output("zone")]
    public Output<string?> Zone { get; private set; } = null!;

    /// <summary>
    /// The API's address, port and path included. Defaults to QINGCLOUD_ENDPOINT, then to the credentials file's, then
    /// to <c>https://api.qingcloud.com/iaas/</c>. It must be https, except for loopback addresses.
    /// </summary>
    [Output("endpoint")]
    public Output<string?> Endpoint { get; private set; } = null!;

    /// <summary>
    /// The credentials file of QingCloud's tools. Defaults to <c>~/.qingcloud/config.yaml</c>, where that exists.
    /// </summary>
    [Output("credentialsFile")]
    public Output<string?> CredentialsFile { get; private set; } = null!;

    /// <summary>
    /// How parameters travel, <c>POST</c> or <c>GET</c>. <c>GET</c> puts them, the source's password included, into
    /// URLs: it is only for private clouds that refuse <c>POST</c>.
    /// </summary>
    [Output("requestMethod")]
    public Output<string?> RequestMethod { get; private set; } = null!;

    private static CustomResourceOptions WithDefaults(CustomResourceOptions? options)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            PluginDownloadURL = Utilities.PluginDownloadUrl,
            AdditionalSecretOutputs = { "accessKeyId", "secretAccessKey" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = "";
        return merged;
    }
}
