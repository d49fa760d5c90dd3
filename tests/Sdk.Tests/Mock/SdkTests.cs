using Pulumi;
using Pulumi.QingCloudMySqlStandby;
using Pulumi.Testing;

namespace QingCloudMySqlStandby.Sdk.Tests.Mock;

/// <summary>The rest of the SDK with Pulumi's own runtime: functions in all forms, reading what exists,
/// configuration.</summary>
[Collection("Pulumi.Testing runs one deployment at a time")]
public sealed class SdkTests
{
    private readonly QingCloudMocks _mocks = new();

    [Fact]
    public async Task A_function_takes_plain_arguments()
    {
        GetStandbyReplicationResult? link = null;
        await RunAsync(async () =>
            link = await GetStandbyReplication.InvokeAsync(new GetStandbyReplicationArgs { ClusterId = "cl-ordersdr" })
        );

        Assert.True(link!.Linked);
        Assert.Equal("cl-orders01", link.Source!.ClusterId);
        Assert.Equal(3306, link.Source.Port);
        Assert.Null(link.JobId);
    }

    [Fact]
    public async Task A_function_takes_outputs()
    {
        var status = new TaskCompletionSource<string>();
        await RunAsync(() =>
        {
            var job = GetJob.Invoke(new GetJobInvokeArgs { JobId = Output.Create("j-pfiu9d1waxq"), Zone = "sh1a" });
            job.Apply(result => status.TrySetResult(result.Status));
            return Task.CompletedTask;
        });

        Assert.Equal("successful", await status.Task);
        Assert.Equal("j-pfiu9d1waxq", Assert.Single(_mocks.Called).Args["jobId"]);
    }

    [Fact]
    public async Task A_function_waits_for_what_it_depends_on()
    {
        await RunAsync(() =>
        {
            var account = new Provider("account");
            GetStandbyReplication.Invoke(
                new GetStandbyReplicationInvokeArgs { ClusterId = "cl-ordersdr" },
                new InvokeOutputOptions { DependsOn = { account }, Provider = account }
            );
            return Task.CompletedTask;
        });

        Assert.Contains("::account::", Assert.Single(_mocks.Called).Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_link_is_read_by_its_id()
    {
        await RunAsync(() =>
        {
            _ = StandbyReplication.Get(
                "orders-dr",
                "sh1a/cl-ordersdr",
                new StandbyReplicationState { Role = "maininstance" }
            );
            return Task.CompletedTask;
        });

        var read = Assert.Single(_mocks.Links);
        Assert.Equal("sh1a/cl-ordersdr", read.Id);
        Assert.Equal("maininstance", read.Inputs["role"]);
    }

    [Fact]
    public async Task The_configuration_has_defaults_and_can_be_set()
    {
        await RunAsync(() =>
        {
            Assert.Equal(2000, Pulumi.QingCloudMySqlStandby.Config.ApiCallsPerHour);
            Assert.True(Pulumi.QingCloudMySqlStandby.Config.Preflight);
            Assert.False(Pulumi.QingCloudMySqlStandby.Config.UseInstanceRole);
            Assert.Equal("POST", Pulumi.QingCloudMySqlStandby.Config.RequestMethod);
            Assert.Null(Pulumi.QingCloudMySqlStandby.Config.Endpoint);
            Pulumi.QingCloudMySqlStandby.Config.Zone = "pek3a";
            Assert.Equal("pek3a", Pulumi.QingCloudMySqlStandby.Config.Zone);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Enums_are_compared_by_value()
    {
        Assert.True(SyncWay.Full == SyncWay.Full);
        Assert.True(SyncWay.Full != SyncWay.Increment);
        Assert.Equal("increment", (string)SyncWay.Increment);
        Assert.Equal("promoted", LinkState.Promoted.ToString());
    }

    private async Task RunAsync(Func<Task> program) =>
        await Deployment.TestAsync(_mocks, new TestOptions { IsPreview = false }, program);
}
