namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The settings of a <see cref="Provider"/>.</summary>
public sealed class ProviderArgs : ResourceArgs
{
    [Input("accessKeyId")]
    private Input<string>? _accessKeyId;

    /// <summary>
    /// The access key's id. Without it the environment variable QINGCLOUD_ACCESS_KEY, the credentials file and (with
    /// <c>useInstanceRole</c>) the instance's role are asked in turn.
    /// </summary>
    public Input<string>? AccessKeyId
    {
        get => _accessKeyId;
        set => _accessKeyId = Utilities.AsSecret(value);
    }

    [Input("secretAccessKey")]
    private Input<string>? _secretAccessKey;

    /// <summary>
    /// The access key's secret. Without it QINGCLOUD_SECRET_KEY, the credentials file and (with <c>useInstanceRole</c>)
    /// the instance's role are asked in turn.
    /// </summary>
    public Input<string>? SecretAccessKey
    {
        get => _secretAccessKey;
        set => _secretAccessKey = Utilities.AsSecret(value);
    }

    /// <summary>
    /// The zone of resources that name none. Defaults to QINGCLOUD_ZONE, then to the credentials file's zone.
    /// </summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>
    /// The API's address, port and path included. Defaults to QINGCLOUD_ENDPOINT, then to the credentials file's, then
    /// to <c>https://api.qingcloud.com/iaas/</c>. It must be https, except for loopback addresses.
    /// </summary>
    [Input("endpoint")]
    public Input<string>? Endpoint { get; set; }

    /// <summary>Whether the role of the QingCloud instance that Pulumi runs on may give credentials.</summary>
    [Input("useInstanceRole", json: true)]
    public Input<bool>? UseInstanceRole { get; set; } = false;

    /// <summary>
    /// The credentials file of QingCloud's tools. Defaults to <c>~/.qingcloud/config.yaml</c>, where that exists.
    /// </summary>
    [Input("credentialsFile")]
    public Input<string>? CredentialsFile { get; set; }

    /// <summary>Whether previews look at the cloud (reading only) when there are credentials.</summary>
    [Input("preflight", json: true)]
    public Input<bool>? Preflight { get; set; } = true;

    /// <summary>
    /// How many API calls an hour the provider may make, 60 to 1000000. QingCloud allows a new account 2000. Near the
    /// end, waiting slows down instead of failing.
    /// </summary>
    [Input("apiCallsPerHour", json: true)]
    public Input<int>? ApiCallsPerHour { get; set; } = 2000;

    /// <summary>
    /// How parameters travel, <c>POST</c> or <c>GET</c>. <c>GET</c> puts them, the source's password included, into
    /// URLs: it is only for private clouds that refuse <c>POST</c>.
    /// </summary>
    [Input("requestMethod")]
    public Input<string>? RequestMethod { get; set; } = "POST";

    /// <summary>No arguments yet.</summary>
    public static new ProviderArgs Empty => new();
}
