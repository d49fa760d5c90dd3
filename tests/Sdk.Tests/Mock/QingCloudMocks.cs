using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace QingCloudMySqlStandby.Sdk.Tests.Mock;

/// <summary>Stands in for the engine and the provider: it answers at once, as if every link had come up, and remembers
/// what was asked.</summary>
internal sealed class QingCloudMocks : IMocks
{
    private const string Link = "qingcloud-mysql-standby:index:StandbyReplication";

    public ConcurrentBag<MockResourceArgs> Registered { get; } = [];
    public ConcurrentBag<MockCallArgs> Called { get; } = [];

    public IEnumerable<MockResourceArgs> Links =>
        Registered.Where(resource => resource.Type == Link).OrderBy(link => link.Name, StringComparer.Ordinal);

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        Registered.Add(args);
        return Task.FromResult<(string?, object)>(
            args.Type == Link ? (IdOf(args), StateOf(args.Inputs)) : ($"{args.Name}-id", args.Inputs)
        );
    }

    private static string IdOf(MockResourceArgs link) =>
        $"{link.Inputs.GetValueOrDefault("zone", "sh1a")}/" + link.Inputs.GetValueOrDefault("clusterId", link.Id ?? "");

    public Task<object> CallAsync(MockCallArgs args)
    {
        Called.Add(args);
        return Task.FromResult<object>(
            args.Token switch
            {
                "qingcloud-mysql-standby:index:getJob" => new Dictionary<string, object?>
                {
                    ["jobId"] = args.Args["jobId"],
                    ["zone"] = args.Args.GetValueOrDefault("zone", "sh1a"),
                    ["status"] = "successful",
                    ["ended"] = true,
                    ["failed"] = false,
                    ["action"] = "RunClusterCustomService",
                    ["createdAt"] = "2026-01-02T03:04:05Z",
                    ["changedAt"] = "2026-01-02T03:14:05Z",
                    ["errorCodes"] = "",
                },
                _ => new Dictionary<string, object?>
                {
                    ["id"] = $"sh1a/{args.Args["clusterId"]}",
                    ["clusterId"] = args.Args["clusterId"],
                    ["zone"] = "sh1a",
                    ["state"] = "replicating",
                    ["linked"] = true,
                    ["source"] = new Dictionary<string, object?> { ["clusterId"] = "cl-orders01", ["port"] = 3306 },
                    ["clusterName"] = "orders-standby",
                    ["clusterStatus"] = "active",
                },
            }
        );
    }

    private static ImmutableDictionary<string, object> StateOf(ImmutableDictionary<string, object> inputs) =>
        inputs
            .SetItem("state", inputs.GetValueOrDefault("promoted") is true ? "promoted" : "replicating")
            .SetItem("jobId", "j-pfiu9d1waxq")
            .SetItem("startedAt", "2026-01-02T03:04:05Z")
            .SetItem("clusterName", "a standby")
            .SetItem("clusterStatus", "active");
}
