namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>On whose behalf calls are made, and where to. Looks, when first asked, in the configuration, the
/// environment, the credentials file and, where that is allowed, at the instance's role; for each of keys, zone and
/// address the first place that has it wins.</summary>
internal sealed class Account
{
    private const string EndpointVariable = "QINGCLOUD_ENDPOINT";
    private const string HostVariable = "QINGCLOUD_HOST";

    /// <summary>The variables of the Terraform provider, then those of QingCloud's newer tools.</summary>
    private static readonly (string Id, string Secret)[] KeyVariables =
    [
        ("QINGCLOUD_ACCESS_KEY", "QINGCLOUD_SECRET_KEY"),
        ("QINGCLOUD_ACCESS_KEY_ID", "QINGCLOUD_SECRET_ACCESS_KEY"),
    ];

    private readonly QingCloudOptions _options;
    private readonly Func<string, string?> _environment;
    private readonly InstanceRole _role;
    private readonly Lazy<CredentialsFile?> _file;
    private readonly Lazy<Credentials?> _keys;
    private readonly Lazy<Endpoint> _endpoint;
    private readonly Lazy<string?> _zone;

    public Account(QingCloudOptions options, Func<string, string?> environment, InstanceRole role)
    {
        (_options, _environment, _role) = (options, environment, role);
        _file = new(ReadFile);
        _keys = new(FindKeys);
        _endpoint = new(FindEndpoint);
        _zone = new(() => Given(_options.Zone) ?? Variable("QINGCLOUD_ZONE") ?? FileBesideKeys()?.Zone);
    }

    public Endpoint Endpoint => _endpoint.Value;

    /// <summary>The id of the keys that were found; null where there are none, as with an instance's role.</summary>
    public SecretText? AccessKeyId => _keys.Value is { } keys ? new SecretText(keys.AccessKeyId) : null;

    public string? DefaultZone => _zone.Value;

    public async Task<Credentials> CredentialsAsync(CancellationToken cancellationToken) =>
        _keys.Value
        ?? (_options.UseInstanceRole ? await _role.CredentialsAsync(cancellationToken) : null)
        ?? throw new QingCloudException(FailureKind.NoCredentials, NothingFound());

    public async Task<bool> HasCredentialsAsync(CancellationToken cancellationToken) =>
        _keys.Value is not null
        || (_options.UseInstanceRole && await _role.CredentialsAsync(cancellationToken) is not null);

    private bool IsFileNamed => !string.IsNullOrEmpty(_options.CredentialsFile);

    private string FilePath =>
        _options.CredentialsFile is { Length: > 0 } named
            ? named.StartsWith("~/", StringComparison.Ordinal)
                ? Path.Join(Home, named[2..])
                : named
            : Array.Find(DefaultFiles, File.Exists) ?? DefaultFiles[0];

    /// <summary>The file of the SDKs, and that of the newer command line.</summary>
    private string[] DefaultFiles =>
        [Path.Join(Home, ".qingcloud", "config.yaml"), Path.Join(Home, ".qingcloud", "config")];

    private string Home => Variable("HOME") ?? Variable("USERPROFILE") ?? "";

    private Credentials? FindKeys() => FindGivenKeys() ?? FindKeysOfFile();

    private Credentials? FindGivenKeys()
    {
        const string configuration = "the provider's configuration";
        var configured = Pair(
            Given(_options.AccessKeyId),
            _options.SecretAccessKey,
            "`accessKeyId`",
            "`secretAccessKey`",
            configuration,
            configuration
        );
        foreach (var (id, secret) in KeyVariables)
        {
            configured ??= Pair(
                Variable(id),
                Secret(Variable(secret)),
                id,
                secret,
                "the environment",
                $"the environment ({id})"
            );
        }

        return configured;
    }

    private Credentials? FindKeysOfFile() =>
        Pair(
            _file.Value?.AccessKeyId,
            _file.Value?.SecretAccessKey,
            "qy_access_key_id",
            "qy_secret_access_key",
            FilePath,
            $"the file {FilePath}",
            isFile: true
        );

    private static Credentials? Pair(
        string? id,
        SecretText? secret,
        string idName,
        string secretName,
        string place,
        string source,
        bool isFile = false
    )
    {
        var given = secret is not null && secret.Reveal().Length > 0 ? secret : null;
        if (id is null && given is null)
            return null;

        if (id is null || given is null)
        {
            throw new QingCloudException(
                FailureKind.NoCredentials,
                $"{(id is null ? idName : secretName)} is missing: {place} has only "
                    + $"{(id is null ? secretName : idName)}. Set both, or neither to use the next source of credentials."
            );
        }

        RequirePlain(id, idName, place);
        RequirePlain(given.Reveal(), secretName, place);
        return new Credentials(id, given) { Place = source, IsFromFile = isFile };
    }

    /// <summary>A line break or a blank that was copied along makes another key of it, which QingCloud refuses without a
    /// word about why.</summary>
    private static void RequirePlain(string key, string name, string place)
    {
        if (key.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            throw new QingCloudException(
                FailureKind.NoCredentials,
                $"{name} of {place} contains a line break or a blank, which no key has: it was copied along, most often from "
                    + "the end of a file. Set it again without."
            );
        }
    }

    private CredentialsFile? ReadFile()
    {
        var read = IsFileNamed || Home.Length > 0 ? CredentialsFile.Read(FilePath) : null;
        if (IsFileNamed && read is null or { IsEmpty: true })
        {
            throw new QingCloudException(
                FailureKind.NoCredentials,
                $"The credentials file {FilePath}, which `credentialsFile` names, "
                    + (read is null ? "does not exist." : "is empty, or no regular file (a pipe or a device).")
            );
        }

        return read;
    }

    /// <summary>The file, for what may stand in it beside the keys. Where the keys come from elsewhere and nobody has
    /// named the file, it is not needed: one that cannot be read counts as none.</summary>
    private CredentialsFile? FileBesideKeys()
    {
        if (IsFileNamed || FindGivenKeys() is null)
            return _file.Value;

        try
        {
            return _file.Value;
        }
        catch (QingCloudException)
        {
            return null;
        }
    }

    private Endpoint FindEndpoint() =>
        _options.Endpoint is { } configured ? Endpoint.Of(configured, "in the provider's configuration")
        : Variable(EndpointVariable) is { } variable ? Endpoint.Of(variable, EndpointVariable)
        : Variable(HostVariable) is { } host ? Endpoint.Of(host, HostVariable)
        : FileBesideKeys()?.Endpoint is { } address ? Endpoint.Of(address, FilePath)
        : Endpoint.Default;

    private string NothingFound() =>
        "No QingCloud credentials were found. Looked in the provider's configuration (`accessKeyId`, "
        + $"`secretAccessKey`), in the environment ({KeyVariables[0].Id} and {KeyVariables[0].Secret}, or "
        + $"{KeyVariables[1].Id} and {KeyVariables[1].Secret}), in {FilePath} (qy_access_key_id, qy_secret_access_key"
        + (_file.Value is { IsEmpty: true } ? "; it is empty, or no regular file)" : ")")
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
