using Pulumi;
using Pulumi.QingCloudMySqlStandby;
using Pulumi.QingCloudMySqlStandby.Inputs;

// Each step is a small edit of the program. Here all steps are in one file, and the configuration says which one the
// program is at: `pulumi config set step 2`. README.md shows them as edits.
return await Deployment.RunAsync(() =>
{
    var config = new Pulumi.Config();
    var step = Enum.Parse<Step>(config.Get("step") ?? "1");
    var password = config.RequireSecret("migrationPassword");

    var dr = new StandbyReplicationArgs
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
            Password = password,
        },

        // Edit 1: the standby becomes the primary. FenceSource, true by default, makes the source read-only first.
        Promoted = step is Step.SwitchedOver or Step.FailingBack or Step.FailedBack,
    };
    if (step is Step.Home)
    {
        // Edit 4 takes that back, and consents to overwrite what was written since that job.
        dr.RelinkAfter = config.Require("relinkAfter");
    }

    var ordersDr = new StandbyReplication("orders-dr", dr);
    var outputs = new Dictionary<string, object?> { ["ordersDr"] = ordersDr.State, ["ordersDrJob"] = ordersDr.JobId };

    // Edit 2: the old primary follows the new one. Edit 3 promotes it; edit 4 removes the link.
    if (step is Step.FailingBack or Step.FailedBack)
    {
        var ordersBack = new StandbyReplication(
            "orders-back",
            new StandbyReplicationArgs
            {
                ClusterId = "cl-9np7ig3g",
                Zone = "pek3a",
                SyncWay = SyncWay.Increment,
                Source = new StandbySourceArgs
                {
                    ClusterId = "cl-ouhutv70",
                    Zone = "sh1a",
                    Host = "192.168.10.17",
                    User = "migrate_user",
                    Password = password,
                },
                Promoted = step is Step.FailedBack,
            },
            // Not before the new primary has been promoted: the two must never follow each other.
            new CustomResourceOptions { DependsOn = { ordersDr } }
        );
        outputs["ordersBack"] = ordersBack.State;
    }

    return outputs;
});

/// <summary>Where the move is.</summary>
internal enum Step
{
    /// <summary>The orders run in pek3a; sh1a follows.</summary>
    Linked = 1,

    /// <summary>The orders run in sh1a.</summary>
    SwitchedOver = 2,

    /// <summary>The orders run in sh1a; pek3a follows.</summary>
    FailingBack = 3,

    /// <summary>The orders run in pek3a again.</summary>
    FailedBack = 4,

    /// <summary>The orders run in pek3a; sh1a follows again.</summary>
    Home = 5,
}
