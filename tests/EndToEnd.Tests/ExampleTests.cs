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

    /// <summary>Every edit's preview and update. At each step exactly the cluster that serves is writable.</summary>
    [Theory]
    [InlineData("dotnet-switchover")]
    [InlineData("typescript-switchover")]
    public async Task A_switchover_example_comes_home(string example)
    {
        await using var cloud = await OrdersCloud.StartAsync();
        await using var pulumi = await StartAsync(example, cloud);

        await StepAsync("1", ["create orders-dr"], "start_standby", OrdersCloud.Source);
        await StepAsync("2", ["update orders-dr"], "set_readonly promote_standby", OrdersCloud.Standby);
        await StepAsync("3", ["create orders-back"], "start_standby", OrdersCloud.Standby);
        await StepAsync("4", ["update orders-back"], "set_readonly promote_standby set_readonly", OrdersCloud.Source);

        // As the example's README says: pulumi config set relinkAfter $(pulumi stack output ordersDrJob)
        await pulumi.SetAsync("relinkAfter", await pulumi.OutputAsync("ordersDrJob"));
        await StepAsync("5", ["delete orders-back", "update orders-dr"], "start_standby", OrdersCloud.Source);

        async Task StepAsync(string step, string[] changes, string submissions, string serving)
        {
            await pulumi.SetAsync("step", step);
            Assert.Equal(changes, await pulumi.PreviewAsync());
            Assert.Equal("none", cloud.TakeSubmissions());
            await pulumi.UpAsync();
            Assert.Contains(submissions, cloud.TakeSubmissions(), StringComparison.Ordinal);
            Assert.Equal([serving], cloud.Cloud.Writable);
        }
    }

    /// <summary>The hook changes the name after the promotion, and in no preview.</summary>
    [Fact]
    public async Task The_name_follows_the_promotion()
    {
        await using var cloud = await OrdersCloud.StartAsync();
        await using var pulumi = await StartAsync("typescript-dns", cloud);
        var folder = Directory.CreateTempSubdirectory("dns-");
        try
        {
            var zone = Path.Combine(folder.FullName, "zone");
            await pulumi.SetAsync("dnsName", "orders-db.example.com");
            await pulumi.SetAsync("standbyAddress", "192.168.10.17");
            await pulumi.SetAsync("dnsCommand", "tee");
            await pulumi.CheckAsync("config", "set", "--path", "dnsArguments[0]", zone);
            await pulumi.UpAsync();
            await pulumi.SetAsync("promoted", "true");
            await pulumi.PreviewAsync();
            Assert.False(File.Exists(zone));

            await pulumi.UpAsync();

            Assert.Equal([OrdersCloud.Standby], cloud.Cloud.Writable);
            Assert.Equal(
                "update delete orders-db.example.com A\nupdate add orders-db.example.com 60 A 192.168.10.17\nsend\n",
                await File.ReadAllTextAsync(zone, TestContext.Current.CancellationToken)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
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
