namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>How the API is set up. The defaults are for demonstrations; the keys open nothing but this simulator.</summary>
public sealed record ApiOptions
{
    public const string DemoAccessKeyId = "QYSIMULATORDEMOKEYID";
    public const string DemoSecretAccessKey = "simulator-demo-secret-key";

    public string AccessKeyId { get; init; } = DemoAccessKeyId;

    public string SecretAccessKey { get; init; } = DemoSecretAccessKey;

    /// <summary>Where the API lives; a private cloud may have it elsewhere.</summary>
    public string Path { get; init; } = "/iaas/";

    public int CallsPerWindow { get; init; } = 2000;

    public TimeSpan QuotaWindow { get; init; } = TimeSpan.FromSeconds(3600);

    public TimeSpan AllowedSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Refuse (1101) what would put a database password into a URL. Off: it is only noted in the call.</summary>
    public bool RefusePasswordByGet { get; init; }

    /// <summary>DescribeClusters of an unknown id is an error 2100. Off: it answers the ones it knows.</summary>
    public bool UnknownClusterIsError { get; init; }

    /// <summary>How long the credentials of the instance's role live; null: no role is bound.</summary>
    public TimeSpan? RoleLifetime { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How many calls the log keeps; the counts know all.</summary>
    public int CallLogLimit { get; init; } = 10_000;

    /// <summary>Told of each call when its answer is known.</summary>
    public Action<Call>? Observer { get; init; }
}
