using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Credentials of an instance's role, as the metadata service hands them out.</summary>
internal sealed record RoleCredentials(string AccessKey, string SecretKey, string IdToken, DateTimeOffset Expiration);

/// <summary>Who may call: the account's own keys, and the keys that its instance role was given.</summary>
internal sealed class AccessKeys(ApiOptions options)
{
    public const string IamPath = "/iam/";
    private readonly SeededIds _ids = new(options.Seed);
    private readonly Dictionary<string, RoleCredentials> _issued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        [options.AccessKeyId] = options.SecretAccessKey,
    };

    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);
    private RoleCredentials? _current;

    /// <summary>Whether a key belongs to another account.</summary>
    public bool IsForeign(string accessKeyId) => _foreign.Contains(accessKeyId);

    public void SetForeign(string accessKeyId, bool foreign)
    {
        if (foreign)
            _foreign.Add(accessKeyId);
        else
            _foreign.Remove(accessKeyId);
    }

    public void Add(string accessKeyId, string secret) => _secrets[accessKeyId] = secret;

    /// <summary>The secret of a key; one that is not known yet becomes a key of the account.</summary>
    public string SecretOf(string accessKeyId)
    {
        _secrets.TryAdd(accessKeyId, _ids.Next("", 40));
        return _secrets[accessKeyId];
    }

    /// <summary>The role's credentials, renewed when a quarter of their life is left; null without a role.</summary>
    public RoleCredentials? Role(DateTimeOffset now)
    {
        if (options.RoleLifetime is { } lifetime && (_current is null || _current.Expiration - now < lifetime / 4))
        {
            _current = new(_ids.Next("QYROLE", 14), _ids.Next("", 40), _ids.Next("", 64), now + lifetime);
            _issued.Add(_current.AccessKey, _current);
        }

        return _current;
    }

    /// <summary>The secret to sign with, for the path and the token that were used.</summary>
    public string SecretFor(string path, Parameters parameters, DateTimeOffset now)
    {
        var accessKeyId = parameters.Required("access_key_id");
        if (path != IamPath)
        {
            Refuse.Unless(
                parameters["token"] is null,
                () => Refuse.Malformed($"parameter [token] belongs to {IamPath}")
            );
            return _secrets.GetValueOrDefault(accessKeyId) ?? throw Unknown(accessKeyId);
        }

        var role = _issued.GetValueOrDefault(accessKeyId) ?? throw Unknown(accessKeyId);
        Refuse.Unless(role.IdToken == parameters.Required("token"), () => Refuse.Unauthenticated("token not matched"));
        Refuse.Unless(now < role.Expiration, () => Refuse.Unauthenticated("token expired"));
        return role.SecretKey;
    }

    private static RefusedException Unknown(string accessKeyId) =>
        Refuse.Unauthenticated($"access key [{accessKeyId}] not found");
}
