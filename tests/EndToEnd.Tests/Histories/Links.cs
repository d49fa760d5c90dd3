using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>The provider's links between the clusters A, B, S and T of the simulator, which serves its API to the
/// plugin.</summary>
internal sealed class Links : ISubject
{
    private const string StandbyZone = "sh1a";
    private const string SourceZone = "pek3a";

    private readonly SimulatedCloud _cloud = new(TimeProvider.System)
    {
        UsualDuration = TimeSpan.FromMilliseconds(100),
    };
    private readonly SimulatorServer _server;
    private (string Service, TaskCompletionSource Reached)? _awaited;

    private Links()
    {
        foreach (
            var (name, zone) in new[] { ("A", StandbyZone), ("B", StandbyZone), ("S", SourceZone), ("T", SourceZone) }
        )
        {
            _cloud.AddCluster(new ClusterSpec(ClusterId(name), zone) { Name = name });
        }

        _server = SimulatorServer
            .StartAsync(new SimulatedApi(_cloud, new ApiOptions { Observer = Observe }))
            .GetAwaiter()
            .GetResult();
    }

    public string Package => "qingcloud-mysql-standby";
    public string Type => Engines.LinkLines.Type;
    public string PluginDirectory => Repository.PluginDirectory;

    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["QINGCLOUD_ACCESS_KEY"] = ApiOptions.DemoAccessKeyId,
            ["QINGCLOUD_SECRET_KEY"] = ApiOptions.DemoSecretAccessKey,
            ["QINGCLOUD_ENDPOINT"] = _server.Endpoint.ToString(),
        };

    public static ISubject Start() => new Links();

    /// <summary>The properties <c>standby</c> and <c>source</c> name clusters; the rest is the program's own.</summary>
    public JsonObject PropertiesOf(IReadOnlyDictionary<string, string> settings)
    {
        var properties = new JsonObject
        {
            ["clusterId"] = ClusterId(settings.GetValueOrDefault("standby", "A")),
            ["zone"] = StandbyZone,
            ["syncWay"] = "full",
            ["source"] = new JsonObject
            {
                ["clusterId"] = ClusterId(settings.GetValueOrDefault("source", "S")),
                ["zone"] = SourceZone,
                ["host"] = "192.168.0.232",
                ["user"] = "migrate_user",
                ["password"] = settings.GetValueOrDefault("password", "Passwd@123"),
            },
        };
        foreach (
            var (key, value) in settings.Where(setting => setting.Key is not ("standby" or "source" or "password"))
        )
        {
            properties[key] = HistoryProgram.Value(value == "last" ? LastJob(settings) : value);
        }

        return properties;
    }

    /// <summary><c>stop</c> or <c>promote</c> CLUSTER; <c>takes SERVICE SECONDS</c>; <c>failed SERVICE</c>.</summary>
    public void DoAtConsole(string[] words)
    {
        switch (words[0])
        {
            case "takes":
                _cloud.SetDuration(
                    words[1],
                    TimeSpan.FromSeconds(int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture))
                );
                break;
            case "failed":
                _cloud.PlanJobs(
                    new JobPlan
                    {
                        Service = words[1],
                        Outcome = JobOutcome.Failed,
                        ErrorCodes = "4711",
                    }
                );
                break;
            default:
                Cut(words[0], ClusterId(words[1]));
                break;
        }
    }

    /// <summary>What the cloud refuses at the console does not happen.</summary>
    private void Cut(string how, string cluster)
    {
        _cloud.PlanJobs(new JobPlan { Duration = TimeSpan.Zero });
        try
        {
            _ = how switch
            {
                "stop" => _cloud.StopByConsole(cluster),
                "promote" => _cloud.PromoteByConsole(cluster),
                _ => throw new FormatException($"'{how}' is nothing that is done at the console"),
            };
        }
        catch (RefusedException)
        {
            _cloud.ClearJobPlans();
        }
    }

    public void AddFault(string fault) => _server.Api.AddFault(fault);

    public Task WhenAsync(string moment, Interference interference)
    {
        if (interference == Interference.KillBefore)
            AddFault($"cut,service={moment},when=before");

        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = (moment, reached);
        return reached.Task;
    }

    /// <summary>The services that were submitted, in their order, and which reads there were: how many is a matter of
    /// time.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        var calls = _server.Api.Calls.Kept.ToLookup(call => call.Service.Length > 0);
        _server.Api.Calls.Clear();
        _server.Api.Faults.Clear();
        return
        [
            .. calls[true]
                .Select(call =>
                    $"{call.Service} {call.Cluster} " + (call.RetCode?.ToString(CultureInfo.InvariantCulture) ?? "cut")
                ),
            string.Join(' ', calls[false].Select(call => call.Action).Distinct().Order(StringComparer.Ordinal)),
        ];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string ClusterId(string name) => $"cl-{name.ToLowerInvariant()}0000000";

    private string LastJob(IReadOnlyDictionary<string, string> settings) =>
        _cloud.Jobs.First(job => job.ClusterId == ClusterId(settings.GetValueOrDefault("standby", "A"))).Id;

    /// <summary>The answer is not on its way before this returns.</summary>
    private void Observe(Call call)
    {
        if (_awaited is { } awaited && call.Service == awaited.Service)
        {
            _awaited = null;
            awaited.Reached.SetResult();
        }
    }
}
