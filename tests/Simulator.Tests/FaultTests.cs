using System.Net;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class FaultTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_cut_comes_before_or_after_the_work(string moment, int jobs)
    {
        _bench.Api.AddFault($"cut,when={moment}");
        var cut = await Assert.ThrowsAsync<HttpRequestException>(() => _bench.StartAsync());
        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
        var call = _bench.Api.Calls.Kept.Single();
        Assert.Equal((FaultKind.Cut, null, jobs == 0 ? null : 0), (call.Fault!.Kind, call.Status, call.RetCode));
    }

    [Theory]
    [InlineData(500, "before", 0)]
    [InlineData(502, "after", 1)]
    [InlineData(503, "after", 1)]
    public async Task A_gateway_answers_with_a_page(int status, string moment, int jobs)
    {
        _bench.Api.AddFault($"http={status},when={moment}");
        using var response = await _bench.SendAsync(_bench.Post(_bench.StartParameters()));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task An_api_error_comes_before_or_after_the_work(string moment, int jobs)
    {
        _bench.Api.AddFault($"ret=5100,when={moment},message=ServerBusy, try again later");
        var answer = await _bench.StartAsync();
        Assert.Equal((5100, "ServerBusy, try again later"), (answer.RetCode(), answer.Message()));
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
    }

    [Fact]
    public async Task Please_try_later_is_said_as_often_as_set()
    {
        _bench.Api.AddFault("try-later,times=2");
        for (var i = 0; i < 2; i++)
        {
            var refused = await _bench.StartAsync();
            Assert.Equal(1400, refused.RetCode());
            Assert.Contains("please try later", refused.Message(), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await _bench.StartAsync()).RetCode());
        Assert.Empty(_bench.Api.Faults.Pending);
    }

    [Fact]
    public async Task The_rate_limit_can_be_made_to_strike()
    {
        _bench.Api.AddFault("rate-limit");
        Assert.Equal(2500, (await _bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
    }

    [Fact]
    public async Task A_fault_changes_its_action_and_service_alone_after_those_it_skips()
    {
        _bench.Link();
        _bench.Api.AddFault("ret=5000,action=DescribeJobs,skip=1");
        _bench.Api.AddFault("ret=5300,service=stop_standby,times=always");
        Assert.Equal(0, (await _bench.CallAsync("DescribeClusters")).RetCode());
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(5000, (await _bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(5300, (await _bench.ServiceAsync("stop_standby")).RetCode());
        Assert.Equal(5300, (await _bench.ServiceAsync("stop_standby")).RetCode());
        Assert.Equal(0, (await _bench.ServiceAsync("promote_standby")).RetCode());
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_seed()
    {
        using var other = new Bench();
        var first = await LuckAsync(_bench);
        Assert.Equal(first, await LuckAsync(other));
        Assert.InRange(first.Count(code => code == 5000), 20, 80);
    }

    [Fact]
    public async Task Faults_can_be_cleared()
    {
        _bench.Api.AddFault("cut,times=always");
        _bench.Api.Faults.Clear();
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
    }

    [Fact]
    public async Task Garbage_and_half_a_body_are_no_json()
    {
        _bench.Api.AddFault("garbage");
        _bench.Api.AddFault("half");
        for (var i = 0; i < 2; i++)
        {
            var text = await _bench.TextAsync(_bench.Post(_bench.Parameters("DescribeJobs")));
            Assert.NotEmpty(text);
            Assert.ThrowsAny<System.Text.Json.JsonException>(() => Bench.Parse(text));
        }
    }

    [Fact]
    public async Task A_truncated_body_ends_in_an_error()
    {
        _bench.Api.AddFault("truncated");
        using var response = await _bench.PostAsync("DescribeJobs");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var body = await response.Content.ReadAsStreamAsync(Bench.Cancel);
            await body.CopyToAsync(Stream.Null, Bench.Cancel);
        });
    }

    [Fact]
    public async Task A_huge_body_is_as_long_as_set()
    {
        _bench.Api.AddFault("huge=5000000");
        using var response = await _bench.PostAsync("DescribeJobs");
        var text = await response.Content.ReadAsStringAsync(Bench.Cancel);
        Assert.Equal(5_000_000, text.Length);
        Assert.Equal(0, Bench.Parse(text).RetCode());
    }

    [Fact]
    public async Task A_deep_body_nests()
    {
        _bench.Api.AddFault("deep=70");
        var text = await _bench.TextAsync(_bench.Post(_bench.Parameters("DescribeJobs")));
        Assert.Contains(new string('[', 70), text, StringComparison.Ordinal);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Bench.Parse(text));
    }

    [Fact]
    public async Task Redirects_lead_elsewhere_or_back()
    {
        _bench.Api.AddFault("redirect=http://elsewhere.invalid/");
        using var elsewhere = await _bench.PostAsync("DescribeJobs");
        Assert.Equal(new Uri("http://elsewhere.invalid/"), elsewhere.Headers.Location);

        _bench.Api.AddFault("redirect-loop");
        for (var i = 0; i < 3; i++)
        {
            using var back = await _bench.PostAsync("DescribeJobs");
            Assert.Equal(HttpStatusCode.TemporaryRedirect, back.StatusCode);
            Assert.Equal(new Uri("/iaas/", UriKind.Relative), back.Headers.Location);
        }
    }

    [Fact]
    public async Task Post_can_be_refused_while_get_works()
    {
        _bench.Api.AddFault("refuse-post");
        using var refused = await _bench.PostAsync("DescribeJobs");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(0, Bench.Parse(await _bench.TextAsync(_bench.Get(_bench.Parameters("DescribeJobs")))).RetCode());

        _bench.Api.Faults.Clear();
        _bench.Api.AddFault("refuse-post=1101");
        var answer = await _bench.CallAsync("DescribeJobs");
        Assert.Equal(1101, answer.RetCode());
        Assert.Contains("POST", answer.Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_slow_answer_comes_after_its_delay(string moment, int jobsMeanwhile)
    {
        _bench.Api.AddFault($"slow=30s,when={moment}");
        var start = _bench.StartAsync();
        _bench.Pass(29);
        Assert.False(start.IsCompleted);
        Assert.Equal(jobsMeanwhile, _bench.Cloud.Jobs.Count);
        _bench.Pass(1);
        Assert.Equal(0, (await start).RetCode());
    }

    [Fact]
    public async Task A_silent_server_is_left_by_who_gives_up()
    {
        _bench.Api.AddFault("silent,when=after");
        using var patience = new CancellationTokenSource();
        var start = _bench.SendAsync(_bench.Post(_bench.StartParameters()), patience.Token);
        _bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(start.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Single(_bench.Cloud.Jobs);
    }

    [Fact]
    public async Task A_server_whose_clock_is_off_says_so_in_its_date()
    {
        _bench.Api.AddFault("skew=5m");
        var parameters = _bench.Parameters("DescribeJobs");
        using var response = await _bench.SendAsync(_bench.Post(parameters));
        Assert.Equal(1300, Bench.Parse(await response.Content.ReadAsStringAsync(Bench.Cancel)).RetCode());
        var date = response.Headers.Date!.Value;
        Assert.Equal(_bench.Clock.GetUtcNow().AddMinutes(5), date);
        parameters["time_stamp"] = Bench.Stamp(date);
        Assert.Equal(0, (await _bench.CallAsync(parameters)).RetCode());
    }

    [Fact]
    public async Task A_delay_and_an_answer_can_both_go_wrong()
    {
        _bench.Api.AddFault("slow=5s");
        _bench.Api.AddFault("ret=5100");
        var call = _bench.CallAsync("DescribeJobs");
        _bench.Pass(5);
        Assert.Equal(5100, (await call).RetCode());
    }

    [Fact]
    public async Task The_metadata_service_has_faults_too()
    {
        using var bench = new Bench(new ApiOptions { RoleLifetime = TimeSpan.FromHours(1) });
        bench.Api.AddFault("http=500,action=metadata");
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs")).RetCode());
        using var response = await bench.SendAsync(Bench.Metadata());
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    private static async Task<List<int>> LuckAsync(Bench bench)
    {
        bench.Api.AddFault("ret=5000,times=always,p=0.5");
        var codes = new List<int>();
        for (var i = 0; i < 100; i++)
            codes.Add((await bench.CallAsync("DescribeJobs")).RetCode());

        return codes;
    }
}
