namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The configuration of the default provider, as <c>pulumi config</c> sets it.</summary>
public static class Config
{
    private static readonly Pulumi.Config _stack = new("qingcloud-mysql-standby");

    private static readonly Setting<string?> _accessKeyId = new(() => _stack.Get("accessKeyId"));

    /// <summary>
    /// The access key's id. Without it the environment variable QINGCLOUD_ACCESS_KEY, the credentials file and (with
    /// <c>useInstanceRole</c>) the instance's role are asked in turn.
    /// </summary>
    public static string? AccessKeyId
    {
        get => _accessKeyId.Value;
        set => _accessKeyId.Value = value;
    }

    private static readonly Setting<string?> _secretAccessKey = new(() => _stack.Get("secretAccessKey"));

    /// <summary>
    /// The access key's secret. Without it QINGCLOUD_SECRET_KEY, the credentials file and (with <c>useInstanceRole</c>)
    /// the instance's role are asked in turn.
    /// </summary>
    public static string? SecretAccessKey
    {
        get => _secretAccessKey.Value;
        set => _secretAccessKey.Value = value;
    }

    private static readonly Setting<string?> _zone = new(() => _stack.Get("zone"));

    /// <summary>
    /// The zone of resources that name none. Defaults to QINGCLOUD_ZONE, then to the credentials file's zone.
    /// </summary>
    public static string? Zone
    {
        get => _zone.Value;
        set => _zone.Value = value;
    }

    private static readonly Setting<string?> _endpoint = new(() => _stack.Get("endpoint"));

    /// <summary>
    /// The API's address, port and path included. Defaults to QINGCLOUD_ENDPOINT, then to the credentials file's, then
    /// to <c>https://api.qingcloud.com/iaas/</c>. It must be https, except for loopback addresses.
    /// </summary>
    public static string? Endpoint
    {
        get => _endpoint.Value;
        set => _endpoint.Value = value;
    }

    private static readonly Setting<bool?> _useInstanceRole = new(() => _stack.GetBoolean("useInstanceRole") ?? false);

    /// <summary>Whether the role of the QingCloud instance that Pulumi runs on may give credentials.</summary>
    public static bool? UseInstanceRole
    {
        get => _useInstanceRole.Value;
        set => _useInstanceRole.Value = value;
    }

    private static readonly Setting<string?> _credentialsFile = new(() => _stack.Get("credentialsFile"));

    /// <summary>
    /// The credentials file of QingCloud's tools. Defaults to <c>~/.qingcloud/config.yaml</c>, where that exists.
    /// </summary>
    public static string? CredentialsFile
    {
        get => _credentialsFile.Value;
        set => _credentialsFile.Value = value;
    }

    private static readonly Setting<bool?> _preflight = new(() => _stack.GetBoolean("preflight") ?? true);

    /// <summary>Whether previews look at the cloud (reading only) when there are credentials.</summary>
    public static bool? Preflight
    {
        get => _preflight.Value;
        set => _preflight.Value = value;
    }

    private static readonly Setting<int?> _apiCallsPerHour = new(() => _stack.GetInt32("apiCallsPerHour") ?? 2000);

    /// <summary>
    /// How many API calls an hour the provider may make, 60 to 1000000. QingCloud allows a new account 2000. Near the
    /// end, waiting slows down instead of failing.
    /// </summary>
    public static int? ApiCallsPerHour
    {
        get => _apiCallsPerHour.Value;
        set => _apiCallsPerHour.Value = value;
    }

    private static readonly Setting<string?> _requestMethod = new(() => _stack.Get("requestMethod") ?? "POST");

    /// <summary>
    /// How parameters travel, <c>POST</c> or <c>GET</c>. <c>GET</c> puts them, the source's password included, into
    /// URLs: it is only for private clouds that refuse <c>POST</c>.
    /// </summary>
    public static string? RequestMethod
    {
        get => _requestMethod.Value;
        set => _requestMethod.Value = value;
    }

    /// <summary>What the stack configures, until the program sets something else.</summary>
    private sealed class Setting<T>(Func<T> configured)
    {
        private T _value = default!;
        private bool _isSet;

        public T Value
        {
            get => _isSet ? _value : configured();
            set
            {
                _value = value;
                _isSet = true;
            }
        }
    }
}
