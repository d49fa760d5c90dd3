using Pulumi;
using Pulumi.QingCloudMySqlStandby;

// A gate for CI: what links a cluster now, does data arrive, and when was the last rehearsal? It declares nothing and
// changes nothing.
return await Deployment.RunAsync(() =>
{
    var link = GetStandbyReplication.Invoke(
        new GetStandbyReplicationInvokeArgs { ClusterId = "cl-ouhutv70", Zone = "sh1a" }
    );
    var health = GetStandbyHealth.Invoke(new GetStandbyHealthInvokeArgs { ClusterId = "cl-ouhutv70", Zone = "sh1a" });

    return new Dictionary<string, object?>
    {
        ["linked"] = link.Apply(now => now.Linked),
        ["state"] = link.Apply(now => now.State),
        ["jobId"] = link.Apply(now => now.JobId),
        ["lastRehearsedAt"] = link.Apply(now => now.LastRehearsedAt),
        ["lagSeconds"] = health.Apply(now => now.LagSeconds),
        ["summary"] = health.Apply(now => now.Summary),

        // examples/ci/health-gate.cs judges this.
        ["health"] = health.Apply(now => new Dictionary<string, object?>
        {
            ["isLinked"] = now.IsLinked,
            ["state"] = now.State,
            ["nodes"] = now
                .Nodes.Select(node => new Dictionary<string, object?>
                {
                    ["id"] = node.Id,
                    ["role"] = node.Role,
                    ["status"] = node.Status,
                    ["health"] = node.Health,
                })
                .ToList(),
            ["lagSeconds"] = now.LagSeconds,
            ["lagMeasuredAt"] = now.LagMeasuredAt,
            ["lagMeter"] = now.LagMeter,
            ["summary"] = now.Summary,
        }),
    };
});
