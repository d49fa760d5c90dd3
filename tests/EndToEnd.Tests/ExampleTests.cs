using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>Every example as the program that it is, under the command <c>pulumi</c> where it is on the PATH, with the
/// plugin's process and the simulator.</summary>
public sealed class ExampleTests(PreparedExamples examples)
{
    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_comes_up_and_goes_down(string example)
    {
        await using var cloud = await OrdersCloud.StartAsync();
        await using var pulumi = await StartAsync(example, cloud);

        Assert.Equal(["create orders-dr"], await pulumi.PreviewAsync());
        Assert.Equal("none", cloud.TakeSubmissions());
        Assert.DoesNotContain("Passwd@123", await pulumi.UpAsync(), StringComparison.Ordinal);
        Assert.Equal("start_standby", cloud.TakeSubmissions());
        Assert.Equal("replicating", await pulumi.OutputAsync("state"));

        Assert.Empty(await pulumi.PreviewAsync());
        await pulumi.CheckAsync("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        await pulumi.CheckAsync("destroy", "--yes", "--skip-preview");
        Assert.Equal("stop_standby", cloud.TakeSubmissions());
        Assert.Null(cloud.Cloud.LinkOf(OrdersCloud.Standby));
    }

    [Fact]
    public async Task The_switchover_example_comes_home()
    {
        await using var cloud = await OrdersCloud.StartAsync();
        await using var pulumi = await StartAsync("dotnet-switchover", cloud);

        await StepAsync("1", ["create orders-dr"], "start_standby");
        await StepAsync("2", ["update orders-dr"], "promote_standby");
        await StepAsync("3", ["create orders-back"], "start_standby");
        await StepAsync("4", ["update orders-back"], "promote_standby");

        // As the example's README says: pulumi config set relinkAfter $(pulumi stack output ordersDrJob)
        await pulumi.SetAsync("relinkAfter", await pulumi.OutputAsync("ordersDrJob"));
        await StepAsync("5", ["delete orders-back", "update orders-dr"], "start_standby");
        Assert.Equal([OrdersCloud.Source], cloud.Cloud.Writable);

        async Task StepAsync(string step, string[] changes, string submission)
        {
            await pulumi.SetAsync("step", step);
            Assert.Equal(changes, await pulumi.PreviewAsync());
            await pulumi.UpAsync();
            Assert.Contains(submission, cloud.TakeSubmissions(), StringComparison.Ordinal);
        }
    }

    private async Task<PulumiCommandLine> StartAsync(string example, OrdersCloud cloud)
    {
        PulumiCommandLine.SkipWithoutNeeds(example);
        PreparedExamples.SkipWithoutNeeds(example);
        var pulumi = await PulumiCommandLine.StartAsync(await examples.PrepareAsync(example));
        await pulumi.SetAsync("qingcloud-mysql-standby:endpoint", cloud.Endpoint.ToString());
        await pulumi.SetSecretAsync("qingcloud-mysql-standby:accessKeyId", ApiOptions.DemoAccessKeyId);
        await pulumi.SetSecretAsync("qingcloud-mysql-standby:secretAccessKey", ApiOptions.DemoSecretAccessKey);
        await pulumi.SetSecretAsync("sourcePassword", "Passwd@123");
        await pulumi.SetSecretAsync("migrationPassword", "Passwd@123");
        return pulumi;
    }
}
