using QingCloudMySqlStandby.EndToEnd.Tests.Engines;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>What a user does with an example. Each scenario writes down what came of it, in words that do not depend on
/// the time of day: resources and states, outputs, operations of previews, and the API calls of every run.</summary>
internal sealed class Scenario(OrdersCloud cloud)
{
    private readonly List<string> _story = [];

    public IReadOnlyList<string> Story => _story;

    /// <summary>Preview, up, preview, refresh, import into another stack, destroy.</summary>
    public async Task LiveAndDieAsync(IEngine engine, IEngine other)
    {
        await ConfigureAsync(engine);
        await ConfigureAsync(other);
        await PreviewAsync(engine);
        await RunAsync("up", engine, () => engine.UpAsync());
        await PreviewAsync(engine);
        await RunAsync("refresh", engine, engine.RefreshAsync);
        await RunAsync("import", other, () => other.ImportAsync("orders-dr", $"sh1a/{OrdersCloud.Standby}"));
        await RunAsync("destroy", engine, engine.DestroyAsync);
        AddLink();
    }

    /// <summary>Ctrl-C as soon as the start is submitted, then up again: it is submitted once.</summary>
    public async Task SurviveInterruptAsync(IEngine engine)
    {
        await ConfigureAsync(engine);
        cloud.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(3));
        cloud.TakeCalls();
        var interrupted = await engine.UpAsync(cloud.Started);
        Assert.False(interrupted.Succeeded, interrupted.Text);
        (await engine.UpAsync()).Check();
        _story.Add($"submitted: {cloud.Cloud.Jobs.Count(job => job.Service == "start_standby")}");
        _story.AddRange(await engine.LinksAsync());
        _story.Add($"outputs: {await engine.OutputsAsync()}");
        (await engine.DestroyAsync()).Check();
        AddLink();
    }

    /// <summary>The steps of the switchover example.</summary>
    public async Task SwitchOverAndComeHomeAsync(IEngine engine)
    {
        await ConfigureAsync(engine);
        foreach (var step in new[] { "1", "2", "3", "4", "5" })
        {
            _story.Add($"step {step}");
            await engine.SetAsync("step", step);
            if (step == "5")
            {
                // As the example's README says: pulumi config set relinkAfter $(pulumi stack output ordersDrJob)
                var outputs = (await engine.OutputsAsync()).Split(' ').Select(output => output.Split('='));
                await engine.SetAsync("relinkAfter", outputs.Single(output => output[0] == "ordersDrJob")[1]);
            }

            await PreviewAsync(engine);
            await RunAsync("up", engine, () => engine.UpAsync());
            _story.Add($"primaries: {string.Join(' ', cloud.Cloud.Writable)}");
        }

        await RunAsync("destroy", engine, engine.DestroyAsync);
    }

    private async Task ConfigureAsync(IEngine engine)
    {
        await engine.SetAsync("qingcloud-mysql-standby:endpoint", cloud.Endpoint.ToString());
        await engine.SetSecretAsync("qingcloud-mysql-standby:accessKeyId", ApiOptions.DemoAccessKeyId);
        await engine.SetSecretAsync("qingcloud-mysql-standby:secretAccessKey", ApiOptions.DemoSecretAccessKey);
        await engine.SetSecretAsync("sourcePassword", "Passwd@123");
        await engine.SetSecretAsync("migrationPassword", "Passwd@123");
    }

    private async Task PreviewAsync(IEngine engine)
    {
        var preview = (await engine.PreviewAsync()).Check();
        Add($"preview: {string.Join(", ", preview.Operations)}");
    }

    private void AddLink() => _story.Add(cloud.Cloud.LinkOf(OrdersCloud.Standby) is null ? "no link" : "a link");

    private void Add(string run)
    {
        var (services, reads) = cloud.TakeCalls();
        _story.Add($"{run}; submitted: {services}");
        _story.Add($"{Stories.Reads}{reads}");
    }

    private async Task RunAsync(string name, IEngine engine, Func<Task<EngineRun>> run)
    {
        var result = (await run()).Check();
        Assert.DoesNotContain("Passwd@123", result.Text, StringComparison.Ordinal);
        Add(name);
        _story.AddRange(await engine.LinksAsync());
        _story.Add($"outputs: {await engine.OutputsAsync()}");
    }
}
