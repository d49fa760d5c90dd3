using Pulumi;
using Pulumi.QingCloudMySqlStandby;
using Pulumi.QingCloudMySqlStandby.Inputs;

namespace QingCloudMySqlStandby.Sdk.Tests.Mock;

/// <summary>A stack as a user may have it: a standby in another region for each of a shop's databases.</summary>
internal static class OrdersStack
{
    private static readonly (string Database, string Standby, string Source, string Host)[] Databases =
    [
        ("orders", "cl-ordersdr", "cl-orders01", "192.168.0.11"),
        ("payments", "cl-paymendr", "cl-paymen01", "192.168.0.12"),
        ("customers", "cl-customdr", "cl-custom01", "192.168.0.13"),
    ];

    /// <summary>Declares the stack.</summary>
    /// <param name="password">The password of the replicating user.</param>
    /// <param name="failedOver">The database that runs on its standby, if any does.</param>
    public static Dictionary<string, object?> Declare(Input<string> password, string? failedOver = null)
    {
        var account = new Provider(
            "dr-account",
            new ProviderArgs
            {
                Zone = "sh1a",
                SecretAccessKey = "the secret key",
                AccessKeyId = "KEY",
            }
        );
        var outputs = new Dictionary<string, object?>();
        foreach (var (database, standby, source, host) in Databases)
        {
            var link = new StandbyReplication(
                $"{database}-dr",
                new StandbyReplicationArgs
                {
                    ClusterId = standby,
                    Zone = "sh1a",
                    SyncWay = SyncWay.Full,
                    Promoted = database == failedOver,
                    Source = new StandbySourceArgs
                    {
                        ClusterId = source,
                        Zone = "pek3a",
                        Host = host,
                        User = "migrate_user",
                        Password = password,
                    },
                },
                new CustomResourceOptions { Provider = account, Protect = true }
            );
            outputs[$"{database}State"] = link.State;
        }

        return outputs;
    }
}
