using Pulumi;
using Pulumi.QingCloudMySqlStandby;
using Pulumi.QingCloudMySqlStandby.Inputs;

return await Deployment.RunAsync(() =>
{
    var config = new Pulumi.Config();

    var link = new StandbyReplication(
        "orders-dr",
        new StandbyReplicationArgs
        {
            ClusterId = "cl-ouhutv70",
            Zone = "sh1a",
            SyncWay = SyncWay.Full,
            Source = new StandbySourceArgs
            {
                ClusterId = "cl-9np7ig3g",
                Zone = "pek3a",
                Host = "192.168.0.232",
                User = "migrate_user",
                Password = config.RequireSecret("sourcePassword"),
            },
        },
        new CustomResourceOptions { CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromHours(6) } }
    );

    return new Dictionary<string, object?>
    {
        ["state"] = link.State,
        ["jobId"] = link.JobId,
        ["startedAt"] = link.StartedAt,
    };
});
