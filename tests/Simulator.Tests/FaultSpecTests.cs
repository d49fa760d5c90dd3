namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class FaultSpecTests : IDisposable
{
    private readonly Bench _bench = new();

    public static TheoryData<string, Fault> Specs =>
        new()
        {
            { "cut", new(FaultKind.Cut) },
            {
                "cut,when=after,action=DescribeJobs",
                new(FaultKind.Cut, Moment: FaultMoment.After, Action: "DescribeJobs")
            },
            { "http=503,times=3", new(FaultKind.HttpStatus, 503, Times: 3) },
            {
                "ret=5100,p=0.25,times=always,message=busy, try again",
                new(FaultKind.RetCode, 5100, "busy, try again", Times: null, Probability: 0.25)
            },
            {
                "try-later,times=2,service=stop_standby,message=try later",
                new(FaultKind.RetCode, 1400, "try later", Times: 2, Service: "stop_standby")
            },
            { "rate-limit,skip=4,message=slow down", new(FaultKind.RetCode, 2500, "slow down", Skip: 4) },
            { "garbage", new(FaultKind.Garbage, Moment: FaultMoment.After) },
            { "truncated", new(FaultKind.Truncated, Moment: FaultMoment.After) },
            { "half", new(FaultKind.HalfBody, Moment: FaultMoment.After) },
            { "huge", new(FaultKind.Huge, 1 << 30, Moment: FaultMoment.After) },
            { "huge=1000", new(FaultKind.Huge, 1000, Moment: FaultMoment.After) },
            { "deep=500", new(FaultKind.Deep, 500, Moment: FaultMoment.After) },
            { "redirect=http://a/?b=c", new(FaultKind.Redirect, Text: "http://a/?b=c") },
            { "redirect-loop", new(FaultKind.RedirectLoop, Times: null) },
            { "refuse-post", new(FaultKind.RefusePost, 405, Times: null) },
            { "refuse-post=1101,times=1", new(FaultKind.RefusePost, 1101) },
            { "slow=1.5s", new(FaultKind.Slow, Delay: TimeSpan.FromSeconds(1.5), Moment: FaultMoment.After) },
            { "silent,when=after", new(FaultKind.Silent, Moment: FaultMoment.After) },
            { "skew=-90s", new(FaultKind.Skew, Delay: TimeSpan.FromSeconds(-90), Times: null) },
        };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_fault_can_be_put_into_words(string spec, Fault expected)
    {
        _bench.Api.AddFault(spec);
        Assert.Equal(expected, _bench.Api.Faults.Pending.Single());
    }

    [Fact]
    public void A_plan_for_jobs_can_be_put_into_words()
    {
        _bench.Api.AddFault("job=failed,service=start_standby,codes=E1,duration=1m,hidden=10s,effect=true");
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
    public void What_is_no_fault_is_an_error_that_quotes_it(string spec) =>
        Assert.Contains(
            $"'{spec}'",
            Assert.Throws<FormatException>(() => _bench.Api.AddFault(spec)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    public void Durations_have_units(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Durations.Parse(text));
}
