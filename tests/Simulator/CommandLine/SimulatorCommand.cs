using System.CommandLine;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Simulator.CommandLine;

/// <summary>The command's options, and what it does with them.</summary>
internal sealed class SimulatorCommand : RootCommand
{
    // The clusters of the documentation's example.
    private const string DocumentedStandby = "cl-ouhutv70:sh1a:orders-standby";
    private const string DocumentedSource = "cl-9np7ig3g:pek3a:orders";

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port on the loopback interface; 0: any that is free.",
    };

    private readonly Option<string[]> _clusters = new("--cluster")
    {
        Description = "A cluster, as ID[:ZONE[:NAME]] (zone: pek3a); may be repeated.",
        DefaultValueFactory = _ => [DocumentedStandby, DocumentedSource],
    };

    private readonly Option<string> _accessKey = new("--access-key")
    {
        Description = "Access key that callers sign with. The default is for demonstrations only.",
        DefaultValueFactory = _ => ApiOptions.DemoAccessKeyId,
    };

    private readonly Option<string> _secretKey = new("--secret-key")
    {
        Description = "Its secret. The default is for demonstrations only.",
        DefaultValueFactory = _ => ApiOptions.DemoSecretAccessKey,
    };

    private readonly Option<string[]> _durations = new("--job-duration")
    {
        Description = "How long jobs take, as DURATION or SERVICE=DURATION (2s, start_standby=1m); may be repeated.",
    };

    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = "Something that goes wrong, as KIND[=VALUE][,OPTION=VALUE]... (see README.md); may be repeated.",
    };

    private readonly Option<BodyForm> _bodyForm = new("--body-form")
    {
        Description = "How answers are written.",
    };

    private readonly Option<int> _quota = new("--quota")
    {
        Description = "Calls that an access key has in an hour.",
        DefaultValueFactory = _ => 2000,
    };

    private readonly Option<string?> _role = new("--role-lifetime")
    {
        Description = "Hand out instance-role credentials that live this long (1h). Default: no role.",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of the ids and of everything that happens by chance.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _log = new("--log")
    {
        Description = "Print a line for each call: its action, cluster and service; no secrets.",
    };

    public SimulatorCommand()
        : base("A QingCloud that knows MySQL Plus standby replication, for tests and demonstrations.")
    {
        foreach (var option in new Option[]
        {
            _port, _clusters, _accessKey, _secretKey, _durations, _faults, _bodyForm, _quota, _role, _seed, _log,
        })
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        try
        {
            await using var server = await SimulatorServer.StartAsync(
                ApiOf(arguments, output), arguments.GetValue(_port), cancellationToken);
            await output.WriteLineAsync($"listening on {server.Endpoint}");
            await output.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (Exception wrong) when (wrong is FormatException or RefusedException or IOException)
        {
            // A bad argument, a cluster given twice, a port that is taken.
            await arguments.InvocationConfiguration.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how the command is meant to end.
        }

        return 0;
    }

    private SimulatedApi ApiOf(ParseResult arguments, TextWriter output)
    {
        var cloud = CloudOf(arguments);
        var api = new SimulatedApi(cloud, OptionsOf(arguments, output));
        api.BodyForms.Usual = arguments.GetValue(_bodyForm);
        foreach (var fault in arguments.GetValue(_faults) ?? [])
        {
            FaultSpec.Parse(fault).ApplyTo(api);
        }

        return api;
    }

    private SimulatedCloud CloudOf(ParseResult arguments)
    {
        var cloud = new SimulatedCloud(TimeProvider.System, arguments.GetValue(_seed));
        foreach (var cluster in arguments.GetValue(_clusters)!)
        {
            cloud.AddCluster(CommandText.Cluster(cluster));
        }

        foreach (var duration in arguments.GetValue(_durations) ?? [])
        {
            CommandText.SetDuration(cloud, duration);
        }

        return cloud;
    }

    private ApiOptions OptionsOf(ParseResult arguments, TextWriter output) => new()
    {
        AccessKeyId = arguments.GetValue(_accessKey)!,
        SecretAccessKey = arguments.GetValue(_secretKey)!,
        CallsPerWindow = arguments.GetValue(_quota),
        RoleLifetime = arguments.GetValue(_role) is { } lifetime ? CommandText.Duration(lifetime) : null,
        Seed = arguments.GetValue(_seed),
        Observer = arguments.GetValue(_log) ? call => CallLine.Write(output, call) : null,
    };
}
