using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Credentials of an instance's role, as the metadata service hands them out.</summary>
public sealed record RoleCredentials(string AccessKey, string SecretKey, string IdToken, DateTimeOffset Expiration);

/// <summary>Who may call: the account's own keys, and the keys that its instance role was given.</summary>
internal sealed class AccessKeys(ApiOptions options, SeededIds ids)
{
    public const string IamPath = "/iam/";
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        [options.AccessKeyId] = options.SecretAccessKey,
    };

    private readonly Dictionary<string, RoleCredentials> _issued = new(StringComparer.Ordinal);
    private RoleCredentials? _current;

    public void Add(string accessKeyId, string secret) => _secrets[accessKeyId] = secret;

    public void Remove(string accessKeyId) => _secrets.Remove(accessKeyId);

    public void ForgetRole()
    {
        _issued.Clear();
        _current = null;
    }

    /// <summary>The role's credentials: fresh ones once a quarter of the life of the last is left; null without a role.</summary>
    public RoleCredentials? Role(DateTimeOffset now)
    {
        if (options.RoleLifetime is not { } lifetime)
        {
            return null;
        }

        if (_current is null || _current.Expiration - now < lifetime / 4)
        {
            _current = new RoleCredentials(ids.Next("QYROLE", 14), ids.Next("", 40), ids.Next("", 64), now + lifetime);
            _issued.Add(_current.AccessKey, _current);
        }

        return _current;
    }

    /// <summary>The secret to sign with, for the path and the token that were used.</summary>
    public string SecretFor(string path, Parameters parameters, DateTimeOffset now)
    {
        var accessKeyId = parameters.Required("access_key_id");
        return path == IamPath
            ? RoleSecret(accessKeyId, parameters.Required("token"), now)
            : AccountSecret(accessKeyId, parameters);
    }

    private string AccountSecret(string accessKeyId, Parameters parameters)
    {
        if (parameters["token"] is not null)
        {
            throw Refuse.Malformed($"parameter [token] belongs to {IamPath}");
        }

        return _secrets.GetValueOrDefault(accessKeyId) ?? throw UnknownKey(accessKeyId);
    }

    private string RoleSecret(string accessKeyId, string token, DateTimeOffset now)
    {
        var role = _issued.GetValueOrDefault(accessKeyId) ?? throw UnknownKey(accessKeyId);
        if (role.IdToken != token)
        {
            throw Refuse.Unauthenticated("token not matched");
        }

        return now < role.Expiration ? role.SecretKey : throw Refuse.Unauthenticated("token expired");
    }

    private static RefusedException UnknownKey(string accessKeyId) =>
        Refuse.Unauthenticated($"access key [{accessKeyId}] not found");
}
