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
    private static readonly string[] DocumentedClusters =
    [
        "cl-ouhutv70:sh1a:orders-standby",
        "cl-9np7ig3g:pek3a:orders",
    ];

    private readonly Option<int> _port;
    private readonly Option<string[]> _clusters;
    private readonly Option<string> _accessKey;
    private readonly Option<string> _secretKey;
    private readonly Option<string[]> _durations;
    private readonly Option<string[]> _faults;
    private readonly Option<BodyForm> _bodyForm;
    private readonly Option<string[]> _knobs;
    private readonly Option<string?> _like;
    private readonly Option<int> _quota;
    private readonly Option<string?> _role;
    private readonly Option<int> _seed;
    private readonly Option<bool> _log;

    public SimulatorCommand()
        : base("A QingCloud that knows MySQL Plus standby replication, for tests and demonstrations.")
    {
        _port = Add("--port", "Port on the loopback interface; 0: any that is free.", 0);
        _clusters = Add(
            "--cluster",
            "A cluster, as ID[:ZONE[:NAME]] (zone: pek3a); may be repeated.",
            DocumentedClusters
        );
        _accessKey = Add(
            "--access-key",
            "Access key that callers sign with. The default is for demonstrations only.",
            ApiOptions.DemoAccessKeyId
        );
        _secretKey = Add(
            "--secret-key",
            "Its secret. The default is for demonstrations only.",
            ApiOptions.DemoSecretAccessKey
        );
        _durations = Add<string[]>(
            "--job-duration",
            "How long jobs take, as DURATION or SERVICE=DURATION (2s, start_standby=1m); may be repeated.",
            []
        );
        _faults = Add<string[]>(
            "--fault",
            "Something that goes wrong, as KIND[=VALUE][,OPTION=VALUE]... (see README.md); may be repeated.",
            []
        );
        _bodyForm = Add("--body-form", "How answers are written.", BodyForm.Json);
        _knobs = Add<string[]>(
            "--knob",
            "How this QingCloud behaves where the real one is not known, as NAME=VALUE (see README.md); may be "
                + "repeated.",
            []
        );
        _like = Add<string?>("--like", "A report of doctor: jobs are listed as it says.", null);
        _quota = Add("--quota", "Calls that an access key has in an hour.", 2000);
        _role = Add<string?>(
            "--role-lifetime",
            "Hand out instance-role credentials that live this long (1h). Default: no role.",
            null
        );
        _seed = Add("--seed", "Seed of the ids and of everything that happens by chance.", 1);
        _log = Add("--log", "Print a line for each call: its action, cluster and service; no secrets.", false);
        SetAction(RunAsync);
    }

    private Option<T> Add<T>(string name, string description, T otherwise)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        Options.Add(option);
        return option;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        try
        {
            await using var server = await SimulatorServer.StartAsync(
                ApiOf(arguments, output),
                arguments.GetValue(_port),
                cancellationToken
            );
            await output.WriteLineAsync($"listening on {server.Endpoint}");
            if (HasDemoKeys(arguments))
                await output.WriteLineAsync(ConfigurationFor(server.Endpoint));

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

    /// <summary>The demonstration keys are no secrets: they may be printed.</summary>
    private bool HasDemoKeys(ParseResult arguments) =>
        arguments.GetValue(_accessKey) == ApiOptions.DemoAccessKeyId
        && arguments.GetValue(_secretKey) == ApiOptions.DemoSecretAccessKey;

    private static string ConfigurationFor(Uri endpoint) =>
        $"""
            Point a stack at it, in the stack's folder:
              pulumi config set qingcloud-mysql-standby:endpoint {endpoint}
              pulumi config set --secret qingcloud-mysql-standby:accessKeyId {ApiOptions.DemoAccessKeyId}
              pulumi config set --secret qingcloud-mysql-standby:secretAccessKey {ApiOptions.DemoSecretAccessKey}
            Ctrl-C ends it.
            """;

    private SimulatedApi ApiOf(ParseResult arguments, TextWriter output)
    {
        var api = new SimulatedApi(CloudOf(arguments), OptionsOf(arguments, output));
        foreach (var fault in arguments.GetValue(_faults)!)
            api.AddFault(fault);

        return api;
    }

    private SimulatedCloud CloudOf(ParseResult arguments)
    {
        var cloud = new SimulatedCloud(TimeProvider.System, arguments.GetValue(_seed));
        foreach (var cluster in arguments.GetValue(_clusters)!)
            cloud.AddCluster(CommandText.Cluster(cluster));

        foreach (var duration in arguments.GetValue(_durations)!)
            CommandText.SetDuration(cloud, duration);

        foreach (var knob in arguments.GetValue(_knobs)!)
            CommandText.SetKnob(cloud, knob);

        return cloud;
    }

    private ApiOptions OptionsOf(ParseResult arguments, TextWriter output) =>
        new()
        {
            AccessKeyId = arguments.GetValue(_accessKey)!,
            SecretAccessKey = arguments.GetValue(_secretKey)!,
            CallsPerWindow = arguments.GetValue(_quota),
            BodyForm = arguments.GetValue(_bodyForm),
            JobListing = arguments.GetValue(_like) is { } report
                ? ReportedListing.Read(File.ReadAllText(report))
                : null,
            RoleLifetime = arguments.GetValue(_role) is { } lifetime ? Durations.Parse(lifetime) : null,
            Seed = arguments.GetValue(_seed),
            Observer = arguments.GetValue(_log) ? call => CallLine.Write(output, call) : null,
        };
}
