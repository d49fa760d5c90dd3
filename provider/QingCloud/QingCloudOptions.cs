namespace QingCloudMySqlStandby.QingCloud;

/// <summary>How to reach QingCloud and on whose behalf. Everything has a default or may come from the
/// environment.</summary>
internal sealed record QingCloudOptions
{
    /// <summary>The access key's id; with <see cref="SecretAccessKey"/> it comes before every other source of
    /// credentials.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The access key's secret.</summary>
    public SecretText? SecretAccessKey { get; init; }

    /// <summary>The zone to use where none is named.</summary>
    public string? Zone { get; init; }

    /// <summary>The API's address, path included; <c>https://api.qingcloud.com/iaas/</c> by default.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Whether the role of the QingCloud instance that this runs on may give credentials.</summary>
    public bool UseInstanceRole { get; init; }

    /// <summary>The credentials file; <c>~/.qingcloud/config.yaml</c> by default, where it exists.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>How many calls an hour may be made; QingCloud allows a new account 2,000.</summary>
    public int ApiCallsPerHour { get; init; } = 2000;

    /// <summary>How parameters travel. <see cref="RequestMethod.Get"/> puts them, passwords included, into
    /// URLs.</summary>
    public RequestMethod RequestMethod { get; init; } = RequestMethod.Post;

    /// <summary>How long a read goes on trying while QingCloud cannot be reached. Waiting for a job has no such
    /// limit.</summary>
    public TimeSpan ReadPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where an instance asks for its role's credentials.</summary>
    public Uri InstanceRoleAddress { get; init; } = new("http://169.254.169.254/latest/meta-data/security-credentials");

    /// <summary>The longest answer that is read; of the API's own, no page comes near it.</summary>
    internal int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Names the type only: the options hold keys.</summary>
    public override string ToString() => nameof(QingCloudOptions);
}

/// <summary>How a call's parameters travel.</summary>
public enum RequestMethod
{
    /// <summary>In the body.</summary>
    Post,

    /// <summary>In the URL, where proxies and traces can see them.</summary>
    Get,
}
