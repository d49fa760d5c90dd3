namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>A pair of keys; an instance role's come with a token and expire.</summary>
internal sealed class Credentials(
    string accessKeyId,
    SecretText secret,
    SecretText? token = null,
    DateTimeOffset? expiresAt = null
)
{
    /// <summary>Where they were found, in words.</summary>
    public string Place { get; init; } = "the instance's role";

    /// <summary>Whether that place is a file.</summary>
    public bool IsFromFile { get; init; }

    public string AccessKeyId { get; } = new SecretText(accessKeyId).Reveal();
    public SecretText Secret { get; } = secret;
    public SecretText? Token { get; } = token;
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;
}
