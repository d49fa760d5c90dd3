using System.Net;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class FaultTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(FaultMoment.Before, 0)]
    [InlineData(FaultMoment.After, 1)]
    public async Task A_cut_comes_before_or_after_the_work(FaultMoment moment, int jobs)
    {
        _bench.Api.Faults.Add(Fault.Cut(moment));
        var cut = await Assert.ThrowsAsync<HttpRequestException>(() => _bench.StartAsync());
        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
        var call = _bench.Api.Calls.Kept.Single();
        Assert.Equal((FaultKind.Cut, null, jobs == 0 ? null : 0), (call.Fault!.Kind, call.Status, call.RetCode));
    }

    [Theory]
    [InlineData(500, FaultMoment.Before, 0)]
    [InlineData(502, FaultMoment.After, 1)]
    [InlineData(503, FaultMoment.After, 1)]
    public async Task A_gateway_answers_with_a_page(int status, FaultMoment moment, int jobs)
    {
        _bench.Api.Faults.Add(Fault.Http(status, moment));
        using var response = await _bench.SendAsync(_bench.Post(_bench.StartParameters()));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
    }

    [Theory]
    [InlineData(FaultMoment.Before, 0)]
    [InlineData(FaultMoment.After, 1)]
    public async Task An_api_error_comes_before_or_after_the_work(FaultMoment moment, int jobs)
    {
        _bench.Api.Faults.Add(Fault.RetCode(5100, "ServerBusy, try again later", moment));
        var answer = await _bench.StartAsync();
        Assert.Equal((5100, "ServerBusy, try again later"), (answer.RetCode(), answer.Message()));
        Assert.Equal(jobs, _bench.Cloud.Jobs.Count);
    }

    [Fact]
    public async Task Please_try_later_is_said_as_often_as_set()
    {
        _bench.Api.Faults.Add(Fault.TryLater(times: 2));
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
    public async Task The_rate_limit_can_be_told_to_strike()
    {
        _bench.Api.Faults.Add(Fault.RateLimit());
        Assert.Equal(2500, (await _bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
    }

    [Fact]
    public async Task A_fault_befalls_its_action_and_service_alone_after_those_it_skips()
    {
        _bench.Link();
        _bench.Api.Faults.Add(
            Fault.RetCode(5000, "x") with { Action = "DescribeJobs", Skip = 1 },
            Fault.RetCode(5300, "y") with { Service = "stop_standby", Times = null });
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
        _bench.Api.Faults.Add(Fault.Cut() with { Times = null });
        _bench.Api.Faults.Clear();
        Assert.Equal(0, (await _bench.CallAsync("DescribeJobs")).RetCode());
    }

    [Fact]
    public async Task Garbage_and_half_a_body_are_no_json()
    {
        _bench.Api.Faults.Add(Fault.Garbage(), Fault.HalfBody());
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
        _bench.Api.Faults.Add(Fault.Truncated());
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
        _bench.Api.Faults.Add(Fault.Huge(5_000_000));
        using var response = await _bench.PostAsync("DescribeJobs");
        var text = await response.Content.ReadAsStringAsync(Bench.Cancel);
        Assert.Equal(5_000_000, text.Length);
        Assert.Equal(0, Bench.Parse(text).RetCode());
    }

    [Fact]
    public async Task A_deep_body_nests()
    {
        _bench.Api.Faults.Add(Fault.Deep(70));
        var text = await _bench.TextAsync(_bench.Post(_bench.Parameters("DescribeJobs")));
        Assert.Contains(new string('[', 70), text, StringComparison.Ordinal);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Bench.Parse(text));
    }

    [Fact]
    public async Task Redirects_lead_elsewhere_or_back()
    {
        _bench.Api.Faults.Add(Fault.Redirect("http://elsewhere.invalid/"));
        using var elsewhere = await _bench.PostAsync("DescribeJobs");
        Assert.Equal(new Uri("http://elsewhere.invalid/"), elsewhere.Headers.Location);

        _bench.Api.Faults.Add(Fault.RedirectLoop());
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
        _bench.Api.Faults.Add(Fault.RefusePost());
        using var refused = await _bench.PostAsync("DescribeJobs");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(0, Bench.Parse(await _bench.TextAsync(_bench.Get(_bench.Parameters("DescribeJobs")))).RetCode());

        _bench.Api.Faults.Clear();
        _bench.Api.Faults.Add(Fault.RefusePost(1101));
        var answer = await _bench.CallAsync("DescribeJobs");
        Assert.Equal(1101, answer.RetCode());
        Assert.Contains("POST", answer.Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultMoment.Before, 0)]
    [InlineData(FaultMoment.After, 1)]
    public async Task A_slow_answer_comes_after_its_delay(FaultMoment moment, int jobsMeanwhile)
    {
        _bench.Api.Faults.Add(Fault.Slow(TimeSpan.FromSeconds(30), moment));
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
        _bench.Api.Faults.Add(Fault.Silent(FaultMoment.After));
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
        _bench.Api.Faults.Add(Fault.Skew(TimeSpan.FromMinutes(5)));
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
        _bench.Api.Faults.Add(Fault.Slow(TimeSpan.FromSeconds(5)), Fault.RetCode(5100, "busy"));
        var call = _bench.CallAsync("DescribeJobs");
        _bench.Pass(5);
        Assert.Equal(5100, (await call).RetCode());
    }

    [Fact]
    public async Task The_metadata_service_has_faults_too()
    {
        using var bench = new Bench(new ApiOptions { RoleLifetime = TimeSpan.FromHours(1) });
        bench.Api.Faults.Add(Fault.Http(500) with { Action = SimulatedApi.MetadataAction });
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs")).RetCode());
        using var response = await bench.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Bench.Root, SimulatedApi.MetadataPath)));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    private static async Task<List<int>> LuckAsync(Bench bench)
    {
        bench.Api.Faults.Add(Fault.RetCode(5000, "x") with { Times = null, Probability = 0.5 });
        var codes = new List<int>();
        for (var i = 0; i < 100; i++)
        {
            codes.Add((await bench.CallAsync("DescribeJobs")).RetCode());
        }

        return codes;
    }
}
