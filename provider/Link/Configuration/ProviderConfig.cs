namespace QingCloudMySqlStandby.Link.Configuration;

/// <summary>The provider's configuration. From <c>pulumi config</c> every value arrives as a string, from a program it
/// is typed: both are taken. Of the other keys the engine's own pass; the rest are most often misspelt.</summary>
internal static class ProviderConfig
{
    private const int DefaultCalls = 2000;
    private const int LeastCalls = 60;
    private const int MostCalls = 1_000_000;

    public static readonly string[] Keys =
    [
        "accessKeyId",
        "secretAccessKey",
        Names.Zone,
        "endpoint",
        "useInstanceRole",
        "credentialsFile",
        "preflight",
        "apiCallsPerHour",
        "requestMethod",
    ];

    /// <summary>Older engines add these to the provider's own keys; newer ones add <c>__internal</c> alone.</summary>
    private static readonly string[] EngineKeys =
    [
        "version",
        "name",
        "parameterization",
        "pluginDownloadURL",
        "pluginChecksums",
        "envVarMappings",
    ];

    private static readonly string[] SecretKeys = ["accessKeyId", "secretAccessKey"];

    /// <summary>Checks a configuration; unknown values pass.</summary>
    public static CheckResult Check(PropertyMap news)
    {
        var failures = new List<CheckFailure>();
        foreach (var key in Keys.Where(key => !news[key].HasUnknowns))
        {
            try
            {
                Read(PropertyMap.Empty.With(key, news[key]));
            }
            catch (PluginException error)
            {
                failures.Add(new CheckFailure(key, error.Message));
            }
        }

        var unknown = news.Keys.Except([.. Keys, .. EngineKeys], StringComparer.Ordinal);
        failures.AddRange(
            unknown
                .Where(key => !Names.IsHidden(key))
                .Select(key => new CheckFailure(
                    key,
                    $"is not a setting of this provider; did you misspell one of {string.Join(", ", Keys)}?"
                ))
        );
        return new CheckResult(WithSecretsMarked(news), failures);
    }

    /// <summary>Reads a checked configuration; an unknown value (in a preview) counts as not set.</summary>
    /// <returns>What the API client needs, and whether previews look at the cloud.</returns>
    public static (QingCloudOptions Client, bool Preflight) Read(PropertyMap args) =>
        (
            new QingCloudOptions
            {
                AccessKeyId = Key(args, "accessKeyId"),
                SecretAccessKey = Key(args, "secretAccessKey") is { } secret ? new SecretText(secret) : null,
                Zone = Zone(args),
                Endpoint = Endpoint(args),
                UseInstanceRole = Flag(args, "useInstanceRole") ?? false,
                CredentialsFile = Text(args, "credentialsFile"),
                ApiCallsPerHour = Calls(args) ?? DefaultCalls,
                RequestMethod = Method(args),
            },
            Flag(args, "preflight") ?? true
        );

    private static PropertyMap WithSecretsMarked(PropertyMap news) =>
        SecretKeys
            .Where(key => news[key].Bare is PropertyValue.TextValue && !news[key].IsSecret)
            .Aggregate(news, (map, key) => map.With(key, map[key].AsSecret()));

    /// <summary>A setting's string; null where it is not set, for which YAML also writes an empty one.</summary>
    private static string? Text(PropertyMap args, string key) =>
        args[key].Bare switch
        {
            PropertyValue.TextValue { Value: "" } => null,
            PropertyValue.TextValue text => text.Value,
            PropertyValue.NullValue or PropertyValue.UnknownValue => null,
            PropertyValue.NumberValue or PropertyValue.BoolValue => throw Bad(
                "must be a string. In YAML, put the value in quotes; for a value from the configuration, write `type: "
                    + "string` there."
            ),
            _ => throw Bad("must be a string."),
        };

    /// <summary>An access key's id or secret. An empty one is no "not set": another account's key would be used in its
    /// place.</summary>
    private static string? Key(PropertyMap args, string key) =>
        args[key].Bare is PropertyValue.TextValue { Value: "" } ? throw Bad("is empty: set it, or remove it.")
        : Text(args, key) is not { } text ? null
        : Credential.ControlProblem(text) is { } problem ? throw Bad($"{problem}.")
        : text.Any(char.IsWhiteSpace) ? throw Bad("contains a blank, which no access key has.")
        : text;

    private static string? Zone(PropertyMap args) =>
        Text(args, Names.Zone) switch
        {
            null => null,
            var zone when Pattern.Zone().IsMatch(zone) => zone,
            _ => throw Bad("must be a zone's name in lower case, such as sh1a."),
        };

    private static Uri? Endpoint(PropertyMap args)
    {
        if (Text(args, "endpoint") is not { } text)
            return null;

        const string form =
            "must be an https address such as https://api.qingcloud.com/iaas/ (http is for loopback "
            + "addresses only)";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http"))
            throw Bad(form + ".");
        if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
            throw Bad(form + ", without user, query or fragment.");

        return endpoint.Scheme == "https" || endpoint.IsLoopback ? endpoint : throw Bad(form + ".");
    }

    private static bool? Flag(PropertyMap args, string key) =>
        args[key].Bare switch
        {
            PropertyValue.BoolValue flag => flag.Value,
            PropertyValue.TextValue text when bool.TryParse(text.Value, out var flag) => flag,
            PropertyValue.TextValue { Value: "" } or PropertyValue.NullValue or PropertyValue.UnknownValue => null,
            _ => throw Bad("must be true or false."),
        };

    private static int? Calls(PropertyMap args)
    {
        var number = args["apiCallsPerHour"].Bare switch
        {
            PropertyValue.NumberValue value => value.Value,
            PropertyValue.TextValue text
                when double.TryParse(text.Value, CultureInfo.InvariantCulture, out var value) => value,
            PropertyValue.TextValue { Value: "" } or PropertyValue.NullValue or PropertyValue.UnknownValue => (double?)
                null,
            _ => double.NaN,
        };
        return number switch
        {
            null => null,
            { } value when double.IsInteger(value) && value is >= LeastCalls and <= MostCalls => (int)value,
            _ => throw Bad($"must be an integer from {LeastCalls} to {MostCalls}."),
        };
    }

    private static RequestMethod Method(PropertyMap args) =>
        Text(args, "requestMethod") switch
        {
            null or "POST" => RequestMethod.Post,
            "GET" => RequestMethod.Get,
            _ => throw Bad(
                "must be \"POST\" or \"GET\"; GET puts the source's password into URLs, and is only for "
                    + "servers that refuse POST."
            ),
        };

    private static PluginException Bad(string reason) => new(PluginErrorCode.InvalidArgument, reason);
}
