namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>How the API is set up. The keys are for demonstrations: they open nothing but this simulator.</summary>
/// <param name="AccessKeyId">The account's access key.</param>
/// <param name="SecretAccessKey">Its secret.</param>
/// <param name="Path">Where the API lives; a private cloud may have it elsewhere.</param>
/// <param name="CallsPerWindow">How many calls an access key has in an hour.</param>
/// <param name="BodyForm">How answers are written at first.</param>
/// <param name="JobListing">How DescribeJobs lists jobs at first. Null: as the cloud's knobs say.</param>
/// <param name="RoleLifetime">How long the credentials of the instance's role live; null: no role is bound.</param>
/// <param name="Seed">Seed of the ids and of everything that happens by chance.</param>
/// <param name="CallLogLimit">How many calls the log keeps; the counts know all.</param>
/// <param name="Observer">Gets each call when its answer is known.</param>
public sealed record ApiOptions(
    string AccessKeyId = ApiOptions.DemoAccessKeyId,
    string SecretAccessKey = ApiOptions.DemoSecretAccessKey,
    string Path = "/iaas/",
    int CallsPerWindow = 2000,
    BodyForm BodyForm = BodyForm.Json,
    JobListing? JobListing = null,
    TimeSpan? RoleLifetime = null,
    int Seed = 1,
    int CallLogLimit = 10_000,
    Action<Call>? Observer = null
)
{
    /// <summary>The access key that the demonstrations sign with.</summary>
    public const string DemoAccessKeyId = "QYSIMULATORDEMOKEYID";

    /// <summary>Its secret.</summary>
    public const string DemoSecretAccessKey = "simulator-demo-secret-key";
}
