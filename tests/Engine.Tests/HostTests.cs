using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Engine.Hosts;
using QingCloudMySqlStandby.Engine.Protocol;
using QingCloudMySqlStandby.Plugin.Loopback;

namespace QingCloudMySqlStandby.Engine.Tests;

/// <summary>What programs with a real SDK are served.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task A_registration_reaches_the_monitor_whole()
    {
        var monitor = new RecordingMonitor();
        var request = new RegisterResourceRequest
        {
            Type = "test:index:Thing",
            Name = "a",
            Parent = monitor.Stack.Value,
            Custom = true,
            Object = new Struct { Fields = { ["size"] = Value.ForNumber(3) } },
            Protect = true,
            DeleteBeforeReplace = false,
            DeleteBeforeReplaceDefined = true,
            Version = "1.2.3",
            Providers = { ["test"] = "urn::id" },
            PropertyDependencies = { ["size"] = new() { Urns = { "urn:b" } } },
            Dependencies = { "urn:b" },
            CustomTimeouts = new() { Create = "6h" },
            IgnoreChanges = { "x" },
        };

        var answer = await CallAsync(monitor, client => client.RegisterResourceAsync(request));

        Assert.Equal(("urn:a", "", 1), (answer.Urn, answer.Id, answer.Object.Fields.Count));
        var goal = Assert.Single(monitor.Goals);
        Assert.Equal(PropertyValue.Of(3), goal.Inputs["size"]);
        Assert.Equal(
            (true, false, "urn::id", "1.2.3"),
            (goal.Protect, goal.DeleteBeforeReplace, goal.Provider, goal.Version)
        );
        Assert.Equal(21600, goal.Timeouts.Create);
        Assert.Equal(["urn:b"], goal.PropertyDependencies["size"]);
        Assert.Equal(["x"], goal.IgnoreChanges);
    }

    [Fact]
    public async Task A_deployment_that_failed_asks_the_program_to_end()
    {
        var monitor = new RecordingMonitor { Failure = new DeploymentFailedException() };

        var exception = await Assert.ThrowsAsync<RpcException>(() =>
            CallAsync(monitor, client => client.RegisterResourceAsync(new() { Type = "t:i:T", Name = "a" }))
        );

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
    }

    [Fact]
    public async Task A_program_gets_its_configuration_in_the_environment()
    {
        _stack.Secrets["key"] = "k";
        Script("echo \"$PULUMI_PROJECT $PULUMI_STACK $PULUMI_DRY_RUN $PULUMI_CONFIG_SECRET_KEYS\"");

        var result = await _stack.Engine.PreviewAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message == "proj dev true [\"proj:key\"]");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 0)]
    public async Task A_program_that_fails_fails_the_run_and_deletes_nothing(int code, int errors)
    {
        await _stack.Thing("{ name: a }").Engine.UpAsync();
        Script($"exit {code}");

        var result = await _stack.Engine.UpAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(errors, result.Errors.Count());
        Assert.Single(_stack.Cloud.Things);
    }

    private static async Task<T> CallAsync<T>(
        IResourceMonitor monitor,
        Func<ResourceMonitor.ResourceMonitorClient, AsyncUnaryCall<T>> call
    )
    {
        await using var server = new LoopbackServer(
            TimeProvider.System,
            ResourceMonitor.BindService(new MonitorService(monitor))
        );
        await server.StartAsync(CancellationToken.None);
        using var channel = LoopbackChannel.To($"127.0.0.1:{server.Port}");
        return await call(new ResourceMonitor.ResourceMonitorClient(channel));
    }

    private void Script(string line)
    {
        var script = Path.Combine(_stack.Options.Directory, "program");
        File.WriteAllText(script, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        File.WriteAllText(
            Path.Combine(_stack.Options.Directory, "Pulumi.yaml"),
            "name: proj\nruntime: { name: dotnet, options: { binary: program } }\n"
        );
    }

    private sealed class RecordingMonitor : IResourceMonitor
    {
        public List<ResourceGoal> Goals { get; } = [];
        public Exception? Failure { get; init; }
        public Urn Stack => new("urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev");

        public Task<RegisteredResource> RegisterAsync(ResourceGoal goal, CancellationToken cancellationToken)
        {
            Goals.Add(goal);
            var answer = new RegisteredResource(
                new Urn("urn:a"),
                PropertyValue.Unknown,
                PropertyMap.Empty.With("size", PropertyValue.Of(3)),
                Settled: false
            );
            return Failure is null ? Task.FromResult(answer) : Task.FromException<RegisteredResource>(Failure);
        }

        public Task<RegisteredResource> ReadAsync(ResourceGoal goal, string id, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<PropertyMap> InvokeAsync(InvokeGoal goal, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void SetOutputs(Urn urn, PropertyMap outputs) => throw new NotSupportedException();
    }
}
