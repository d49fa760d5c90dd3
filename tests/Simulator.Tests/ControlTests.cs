using System.Net;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly Bench _bench = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private SimulatorServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await SimulatorServer.StartAsync(_bench.Api, cancellationToken: Bench.Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_script_can_act_at_the_console()
    {
        await ActAsync($"start?cluster={Bench.Standby}&source={Bench.Source}&zone=pek3a&sync_way=increment");
        Assert.Equal(SyncWay.Increment, _bench.Cloud.LinkOf(Bench.Standby)!.SyncWay);
        await ActAsync($"change-source?cluster={Bench.Standby}&source=cl-elsewhere&zone=gd2");
        _bench.Pass(2);
        Assert.Equal("cl-elsewhere", _bench.Cloud.LinkOf(Bench.Standby)!.Source.ClusterId);
        await ActAsync($"stop?cluster={Bench.Standby}");
        Assert.Equal(Release.Stopped, _bench.Cloud.Cluster(Bench.Standby)!.Release);
        await ActAsync($"start?cluster={Bench.Standby}&source={Bench.Source}&zone=pek3a");
        await ActAsync($"promote?cluster={Bench.Standby}");
        Assert.Equal(Release.Promoted, _bench.Cloud.Cluster(Bench.Standby)!.Release);
        await ActAsync($"suspend?cluster={Bench.Standby}");
        await ActAsync($"resume?cluster={Bench.Standby}");
        await ActAsync($"restart?cluster={Bench.Standby}");
        await ActAsync($"delete?cluster={Bench.Standby}");
        Assert.Equal(ClusterStatus.Deleted, _bench.Cloud.Cluster(Bench.Standby)!.Status);
    }

    [Fact]
    public async Task A_script_can_act_with_a_key()
    {
        await ActAsync($"start?cluster={Bench.Standby}&source={Bench.Source}&zone=pek3a&key=QYSCRIPT&req_id=abc");
        await ActAsync($"stop?cluster={Bench.Standby}&key=QYSCRIPT");
        await ActAsync($"start?cluster={Bench.Standby}&source={Bench.Source}&zone=pek3a");
        await ActAsync($"promote?cluster={Bench.Standby}&key=QYSCRIPT");
        var jobs = Bench.Parse(await GetAsync("state"))["jobs"]!.AsArray();
        Assert.Equal(["api", "console", "api", "api"], jobs.Select(job => (string)job!["channel"]!));
        Assert.Equal(["QYSCRIPT", null, "QYSCRIPT", "QYSCRIPT"], jobs.Select(job => (string?)job!["access_key_id"]));
        Assert.Equal([null, null, null, "abc"], _bench.Cloud.Jobs.Select(job => job.Request["req_id"]));
    }

    [Fact]
    public async Task A_script_can_set_knobs()
    {
        await SetAsync("knobs?Echo=WithoutSender&total-count=too-large");
        await SetAsync("knobs?JobsListed=5");
        const string Expected = "JobsListed=5 TotalCount=TooLarge Echo=WithoutSender";
        Assert.Equal(Expected, _bench.Cloud.Knobs.ToString());
        Assert.Equal(Expected, (string)Bench.Parse(await GetAsync("state"))["knobs"]!);
        await WrongAsync("knobs?JobsListed=many", "JobsListed");
    }

    [Theory]
    [InlineData("console")]
    [InlineData("timer")]
    [InlineData("platform")]
    public async Task A_script_can_stop_and_start_clusters(string by)
    {
        await ActAsync($"stop-cluster?cluster={Bench.Standby}&by={by}");
        Assert.Equal(ClusterStatus.Stopped, _bench.Cloud.Cluster(Bench.Standby)!.Status);
        await ActAsync($"start-cluster?cluster={Bench.Standby}&by={by}");
        await ActAsync($"delete?cluster={Bench.Standby}&by={by}");
        await ActAsync($"recover?cluster={Bench.Standby}&by={by}");
        await ActAsync($"suspend?cluster={Bench.Standby}&by={by}");
        await ActAsync($"resume?cluster={Bench.Standby}&by={by}");
        Assert.Equal(ClusterStatus.Active, _bench.Cloud.Cluster(Bench.Standby)!.Status);
        Assert.All(_bench.Cloud.Jobs, job => Assert.Equal(by, job.Request.Caller));
        await ActAsync($"stop-cluster?cluster={Bench.Standby}&key=QYSCRIPT");
        await ActAsync($"start-cluster?cluster={Bench.Standby}&key=QYSCRIPT");
        Assert.Equal("script:QYSCRIPT", _bench.Cloud.Jobs[0].Request.Caller);
        await WrongAsync($"stop-cluster?cluster={Bench.Standby}&by=nobody", "nobody");
    }

    [Fact]
    public async Task A_script_can_write_and_see_what_is_missing()
    {
        _bench.Link();
        await SetAsync($"lag?cluster={Bench.Standby}&duration=1m");
        Assert.Equal("""{"write":1}""", await TextAsync($"write?cluster={Bench.Source}"));
        Assert.Equal("""{"write":null}""", await TextAsync($"write?cluster={Bench.Standby}"));
        var missing = $"missing?acknowledged_by={Bench.Source}&missing_on={Bench.Standby}";
        Assert.Equal("""{"writes":[1]}""", await GetAsync(missing));
        _bench.Pass(60);
        Assert.Equal("""{"writes":[]}""", await GetAsync(missing));
        await ActAsync($"set-readonly?cluster={Bench.Source}&readonly=true");
        Assert.Equal("""{"write":null}""", await TextAsync($"write?cluster={Bench.Source}"));
        await ActAsync($"set-readonly?cluster={Bench.Source}&readonly=false&key=QYSCRIPT");
        Assert.Equal("""{"write":2}""", await TextAsync($"write?cluster={Bench.Source}"));
    }

    [Fact]
    public async Task A_script_can_change_health_parameters_and_keys()
    {
        _bench.Link();
        await SetAsync($"cut-link?cluster={Bench.Standby}");
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
        await SetAsync("health?node=cln-ouhutv703&healthy=false");
        Assert.False(_bench.Cloud.NodesOf(Bench.Standby)[2].IsHealthy);
        await SetAsync($"parameter?cluster={Bench.Standby}&key=wait_timeout&value=60");
        Assert.Equal("60", _bench.Cloud.ParametersOf(Bench.Standby)["wait_timeout"]);
        await SetAsync($"foreign-key?key={_bench.Options.AccessKeyId}");
        Assert.Empty((await _bench.CallAsync("DescribeClusters")).Clusters());
        await SetAsync($"foreign-key?key={_bench.Options.AccessKeyId}&foreign=false");
        Assert.Single((await _bench.CallAsync("DescribeClusters")).Clusters());
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        using var response = await PostAsync($"stop?cluster={Bench.Standby}");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("1400", await response.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);
        using var unknown = await PostAsync("forget?cluster=cl-unknown");
        Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
    }

    [Fact]
    public async Task A_script_can_set_what_is_to_come()
    {
        await SetAsync("cluster?cluster=cl-new&zone=gd2&name=new");
        Assert.Equal("new", _bench.Cloud.Cluster("cl-new")!.Spec.Name);
        await SetAsync($"lag?cluster={Bench.Standby}");
        _bench.Link();
        Assert.False(_bench.Cloud.LinkOf(Bench.Standby)!.CaughtUp);
        await SetAsync("duration?service=stop_standby&duration=0s");
        _bench.Cloud.StopByConsole(Bench.Standby);
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
        await SetAsync($"cease?cluster={Bench.Standby}");
        Assert.Equal(ClusterStatus.Ceased, _bench.Cloud.Cluster(Bench.Standby)!.Status);
        await SetAsync($"forget?cluster={Bench.Standby}");
        Assert.Null(_bench.Cloud.Cluster(Bench.Standby));
        await WrongAsync("duration?service=x&duration=long", "long");
    }

    [Fact]
    public async Task A_script_can_set_and_clear_faults()
    {
        await SetAsync("faults?spec=" + Uri.EscapeDataString("ret=5100,times=always"));
        Assert.Equal(5100, (await _bench.CallAsync("DescribeJobs")).RetCode());
        using var cleared = await _http.DeleteAsync(new Uri(_server.ControlEndpoint, "faults"), Bench.Cancel);
        Assert.True(cleared.IsSuccessStatusCode);
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
        using var wrong = await PostAsync("faults?spec=explode");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Calls_are_shown_without_secrets_unless_asked_for()
    {
        await _bench.StartAsync();
        var masked = await GetAsync("calls");
        Assert.DoesNotContain(Bench.Password, masked, StringComparison.Ordinal);
        var calls = Bench.Parse(masked);
        Assert.Equal(1, (int)calls["total"]!);
        Assert.Equal(1, (int)calls["counts"]!["RunClusterCustomService"]!);
        Assert.Equal("start_standby", (string)calls["calls"]![0]!["service"]!);
        Assert.Contains(Bench.Password, await GetAsync("calls?secrets=true"), StringComparison.Ordinal);

        using var cleared = await _http.DeleteAsync(new Uri(_server.ControlEndpoint, "calls"), Bench.Cancel);
        Assert.Equal(0, _bench.Api.Calls.Total);
    }

    [Fact]
    public async Task The_state_is_shown_without_secrets()
    {
        _bench.Link();
        _bench.Api.AddFault("cut");
        var text = await GetAsync("state");
        Assert.DoesNotContain(Bench.Password, text, StringComparison.Ordinal);
        var state = Bench.Parse(text);
        var standby = state["clusters"]![0]!;
        Assert.Equal(Bench.Source, (string)standby["link"]!["source"]!);
        Assert.Equal("Replicating", (string)standby["link"]!["state"]!);
        Assert.False((bool)standby["writable"]!);
        Assert.Equal("successful", (string)state["jobs"]![0]!["status"]!);
        string[] world = ["ClusterAdded", "ClusterAdded", "Submitted", "Overwritten", "Linked", "Replicating"];
        Assert.Equal(world, state["world"]!.AsArray().Select(past => (string)past!["kind"]!));
        Assert.Equal("Cut", (string)state["faults"]![0]!);
    }

    private Task<HttpResponseMessage> PostAsync(string route) =>
        _http.PostAsync(new Uri(_server.ControlEndpoint, route), content: null, Bench.Cancel);

    private async Task<string> TextAsync(string route)
    {
        using var response = await PostAsync(route);
        return await response.Content.ReadAsStringAsync(Bench.Cancel);
    }

    private async Task WrongAsync(string route, string reason)
    {
        using var wrong = await PostAsync(route);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains(reason, await wrong.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);
    }

    private async Task ActAsync(string route)
    {
        using var response = await PostAsync(route);
        var text = await response.Content.ReadAsStringAsync(Bench.Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.StartsWith("j-", (string)((JsonObject)JsonNode.Parse(text)!)["job_id"]!, StringComparison.Ordinal);
        _bench.Pass(2);
    }

    private async Task SetAsync(string route)
    {
        using var response = await PostAsync(route);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private Task<string> GetAsync(string route) =>
        _http.GetStringAsync(new Uri(_server.ControlEndpoint, route), Bench.Cancel);
}
