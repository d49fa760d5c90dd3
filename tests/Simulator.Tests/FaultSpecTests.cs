namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class FaultSpecTests : IDisposable
{
    private readonly Bench _bench = new();

    public static TheoryData<string, Fault> Specs => new()
    {
        { "cut", Fault.Cut() },
        { "cut,when=after,action=RunClusterCustomService", Fault.Cut(FaultMoment.After) with { Action = "RunClusterCustomService" } },
        { "http=503,times=3", Fault.Http(503) with { Times = 3 } },
        { "ret=5100,p=0.25,times=always,message=busy, try again", Fault.RetCode(5100, "busy, try again") with { Probability = 0.25, Times = null } },
        { "try-later,times=2,service=stop_standby", Fault.TryLater(2) with { Service = "stop_standby" } },
        { "rate-limit,skip=4", Fault.RateLimit() with { Skip = 4 } },
        { "garbage", Fault.Garbage() },
        { "truncated", Fault.Truncated() },
        { "half", Fault.HalfBody() },
        { "huge", Fault.Huge() },
        { "huge=1000", Fault.Huge(1000) },
        { "deep=500", Fault.Deep(500) },
        { "redirect=http://a/?b=c", Fault.Redirect("http://a/?b=c") },
        { "redirect-loop", Fault.RedirectLoop() },
        { "refuse-post", Fault.RefusePost() },
        { "refuse-post=1101,times=1", Fault.RefusePost(1101) with { Times = 1 } },
        { "slow=1.5s", Fault.Slow(TimeSpan.FromSeconds(1.5)) },
        { "silent,when=after", Fault.Silent(FaultMoment.After) },
        { "skew=-90s", Fault.Skew(TimeSpan.FromSeconds(-90)) },
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_fault_can_be_put_into_words(string spec, Fault expected)
    {
        FaultSpec.Parse(spec).ApplyTo(_bench.Api);
        Assert.Equal(expected, _bench.Api.Faults.Pending.Single());
    }

    [Fact]
    public void A_plan_for_jobs_can_be_put_into_words()
    {
        FaultSpec.Parse("job=failed,service=start_standby,codes=E1,duration=1m,hidden=10s,effect=true").ApplyTo(_bench.Api);
        var id = _bench.Cloud.StartByConsole(Bench.Standby, Bench.SourceEndpoint).Id;
        Assert.False(_bench.Cloud.Job(id)!.Visible);
        _bench.Pass(59);
        Assert.Equal((JobStatus.Working, true), (_bench.Cloud.Job(id)!.Status, _bench.Cloud.Job(id)!.Visible));
        _bench.Pass(1);
        Assert.Equal((JobStatus.Failed, "E1"), (_bench.Cloud.Job(id)!.Status, _bench.Cloud.Job(id)!.ErrorCodes));
        Assert.NotNull(_bench.Cloud.LinkOf(Bench.Standby));
    }

    [Theory]
    [InlineData("")]
    [InlineData("explode")]
    [InlineData("http")]
    [InlineData("http=many")]
    [InlineData("cut,when=later")]
    [InlineData("cut,p=2")]
    [InlineData("cut,times")]
    [InlineData("cut,codes=1")]
    [InlineData("slow=5")]
    [InlineData("job=lost")]
    [InlineData("job=failed,action=DescribeJobs")]
    public void What_is_no_fault_is_an_error_that_quotes_it(string spec) => Assert.Contains(
        $"'{spec}'", Assert.Throws<FormatException>(() => FaultSpec.Parse(spec)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    public void Durations_have_units(string text, int milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }
}
