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
    public async Task A_script_can_say_how_jobs_are_listed()
    {
        await SetAsync("listing?echo=without-sender&hide_passwords=true");
        Assert.Equal(new JobListing(Echo.WithoutSender, HidePasswords: true), _bench.Api.JobListing);
        await SetAsync("listing?job_action=Refused1101");
        Assert.Equal(
            new JobListing(Echo.WithoutSender, HidePasswords: true, JobActionFilter.Refused1101),
            _bench.Api.JobListing
        );
        await SetAsync("listing?echo=full&hide_passwords=false&job_action=applied");
        Assert.Equal(new JobListing(), _bench.Api.JobListing);
        using var wrong = await PostAsync("listing?echo=loud");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("WithoutSender", await wrong.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);
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
        using var wrong = await PostAsync("duration?service=x&duration=long");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
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
        Assert.Equal(["Overwritten", "Linked"], state["history"]!.AsArray().Select(past => (string)past!["kind"]!));
        Assert.Equal("Cut", (string)state["faults"]![0]!);
    }

    private Task<HttpResponseMessage> PostAsync(string route) =>
        _http.PostAsync(new Uri(_server.ControlEndpoint, route), content: null, Bench.Cancel);

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
