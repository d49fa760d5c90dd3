namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>On whose behalf calls are made, and where to. Looks, when first asked, in the configuration, the
/// environment, the credentials file and, where that is allowed, at the instance's role; for each of keys, zone and
/// address the first place that has it wins.</summary>
internal sealed class Account
{
    private const string KeyVariable = "QINGCLOUD_ACCESS_KEY";
    private const string SecretVariable = "QINGCLOUD_SECRET_KEY";
    private const string EndpointVariable = "QINGCLOUD_ENDPOINT";

    private readonly QingCloudOptions _options;
    private readonly Func<string, string?> _environment;
    private readonly InstanceRole _role;
    private readonly Lazy<CredentialsFile?> _file;
    private readonly Lazy<Credentials?> _keys;
    private readonly Lazy<Endpoint> _endpoint;

    public Account(QingCloudOptions options, Func<string, string?> environment, InstanceRole role)
    {
        (_options, _environment, _role) = (options, environment, role);
        _file = new(ReadFile);
        _keys = new(FindKeys);
        _endpoint = new(FindEndpoint);
    }

    public Endpoint Endpoint => _endpoint.Value;

    /// <summary>The id of the keys that were found; null where there are none, as with an instance's role.</summary>
    public SecretText? AccessKeyId => _keys.Value is { } keys ? new SecretText(keys.AccessKeyId) : null;

    public string? DefaultZone => Given(_options.Zone) ?? Variable("QINGCLOUD_ZONE") ?? _file.Value?.Zone;

    public async Task<Credentials> CredentialsAsync(CancellationToken cancellationToken) =>
        _keys.Value
        ?? (_options.UseInstanceRole ? await _role.CredentialsAsync(cancellationToken) : null)
        ?? throw new QingCloudException(FailureKind.NoCredentials, NothingFound());

    public async Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        _keys.Value is not null
        || (_options.UseInstanceRole && await _role.CredentialsAsync(cancellationToken) is not null);

    private string FilePath =>
        _options.CredentialsFile is { Length: > 0 } named
            ? named.StartsWith("~/", StringComparison.Ordinal)
                ? Path.Join(Home, named[2..])
                : named
            : Path.Join(Home, ".qingcloud", "config.yaml");

    private string Home => Variable("HOME") ?? Variable("USERPROFILE") ?? "";

    private Credentials? FindKeys() =>
        Pair(
            Given(_options.AccessKeyId),
            _options.SecretAccessKey,
            "`accessKeyId`",
            "`secretAccessKey`",
            "the provider's configuration"
        )
        ?? Pair(Variable(KeyVariable), Secret(Variable(SecretVariable)), KeyVariable, SecretVariable, "the environment")
        ?? Pair(
            _file.Value?.AccessKeyId,
            _file.Value?.SecretAccessKey,
            "qy_access_key_id",
            "qy_secret_access_key",
            FilePath
        );

    private static Credentials? Pair(string? id, SecretText? secret, string idName, string secretName, string place)
    {
        var given = secret is not null && secret.Reveal().Length > 0 ? secret : null;
        if (id is null && given is null)
            return null;

        return id is not null && given is not null
            ? new Credentials(id, given) { Place = place }
            : throw new QingCloudException(
                FailureKind.NoCredentials,
                $"{(id is null ? idName : secretName)} is missing: {place} has only "
                    + $"{(id is null ? secretName : idName)}. Set both, or neither to use the next source of credentials."
            );
    }

    private CredentialsFile? ReadFile()
    {
        var isNamed = !string.IsNullOrEmpty(_options.CredentialsFile);
        var read = isNamed || Home.Length > 0 ? CredentialsFile.Read(FilePath) : null;
        return read is not null || !isNamed
            ? read
            : throw new QingCloudException(
                FailureKind.NoCredentials,
                $"The credentials file {FilePath}, which `credentialsFile` names, does not exist."
            );
    }

    private Endpoint FindEndpoint() =>
        _options.Endpoint is { } configured ? Endpoint.Of(configured, "in the provider's configuration")
        : Variable(EndpointVariable) is { } variable ? Endpoint.Of(variable, EndpointVariable)
        : _file.Value?.Endpoint is { } address ? Endpoint.Of(address, FilePath)
        : Endpoint.Default;

    private string NothingFound() =>
        "No QingCloud credentials were found. Looked in the provider's configuration (`accessKeyId`, "
        + $"`secretAccessKey`), in the environment ({KeyVariable}, {SecretVariable}), in {FilePath} (qy_access_key_id, "
        + "qy_secret_access_key)"
        + (
            _options.UseInstanceRole
                ? " and at the instance's role, which gave none (is a role bound to this instance?)."
                : "; the instance's role was not asked (`useInstanceRole` is not set)."
        )
        + " Set one of them; access keys are made in the console under Access Keys.";

    private string? Variable(string name) => Given(_environment(name));

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static SecretText? Secret(string? text) => text is null ? null : new SecretText(text);
}
