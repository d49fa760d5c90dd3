namespace QingCloudMySqlStandby.Standby.Tests.Performance;

/// <summary>What a program of many links costs in calls and in waiting, from the plugin's protocol down to the
/// wire.</summary>
public sealed class SharedCallsTests : IDisposable
{
    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void A_hundred_creates_share_all_but_their_starts() =>
        _environment.Run(async () =>
        {
            var job = TimeSpan.FromSeconds(30);
            _environment.Cloud.SetDuration("start_standby", job);
            var began = _environment.Clock.GetUtcNow();

            var links = await new Fleet(_environment, 100).CreateAsync();

            Assert.Equal(100, _environment.Submissions("start_standby"));
            Assert.InRange(_environment.Api.Calls.Total - 100, 1, 40);
            Assert.All(links, link => Assert.InRange(link.AnsweredAt - began, job, job * 1.1));
        });

    [Fact]
    public void Creates_share_their_calls_however_long_the_accounts_history_is() =>
        _environment.Run(async () =>
        {
            var job = TimeSpan.FromSeconds(30);
            for (var past = 0; past < 2500; past++)
            {
                _environment.Cloud.Restart(TestEnvironment.OtherSource);
                _environment.Clock.Advance(TimeSpan.FromMinutes(1));
            }

            _environment.Cloud.SetDuration("start_standby", job);
            var links = await new Fleet(_environment, 100).CreateAsync();

            Assert.InRange(_environment.Api.Calls.Total - 100, 1, 40);
            Assert.All(links, link => Assert.InRange(link.Lag, TimeSpan.Zero, job * 0.1));
        });

    [Fact]
    public void Creates_few_at_a_time_read_a_long_history_once() =>
        _environment.Run(async () =>
        {
            MakeHistory();

            await new Fleet(_environment, 100).CreateAsync(parallelism: 8);

            Assert.Equal(100, _environment.Submissions("start_standby"));
            Assert.InRange(PagesOfHistory, 10, 60);
        });

    [Fact]
    public void Deletions_few_at_a_time_read_a_long_history_once() =>
        _environment.Run(async () =>
        {
            var fleet = new Fleet(_environment, 100);
            await fleet.CreateAsync();
            MakeHistory();
            _environment.Api.Calls.Clear();

            await fleet.DeleteAsync(parallelism: 8);

            Assert.Equal(100, _environment.Submissions("stop_standby"));
            Assert.InRange(PagesOfHistory, 10, 60);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(64)]
    [InlineData(8)]
    [InlineData(1)]
    public void A_refresh_of_a_hundred_takes_few_calls_at_any_parallelism(int parallelism) =>
        _environment.Run(async () =>
        {
            var fleet = new Fleet(_environment, 100);
            await fleet.CreateAsync();
            _environment.Clock.Advance(TimeSpan.FromHours(1));
            _environment.Api.Calls.Clear();

            var states = await fleet.RefreshAsync(parallelism);

            Assert.All(states, state => Assert.Equal("replicating", state));
            Assert.InRange(_environment.Api.Calls.Total, 1, 10);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(8)]
    public void A_refresh_of_a_hundred_takes_few_calls_on_a_slow_network_too(int parallelism) =>
        _environment.Run(async () =>
        {
            var fleet = new Fleet(_environment, 100);
            await fleet.CreateAsync();
            _environment.Api.Calls.Clear();
            _environment.Api.AddFault("slow=400ms,times=always");

            await fleet.RefreshAsync(parallelism);

            Assert.InRange(_environment.Api.Calls.Total, 1, 10);
        });

    [Theory]
    [InlineData(int.MaxValue, 30)]
    [InlineData(64, 60)]
    [InlineData(8, 60)]
    public void A_refresh_of_a_thousand_costs_little_more_than_listing_them(int parallelism, int calls) =>
        _environment.Run(async () =>
        {
            var fleet = new Fleet(_environment, 1000);
            await fleet.CreateAsync();
            _environment.Api.Calls.Clear();

            await fleet.RefreshAsync(parallelism);

            Assert.InRange(_environment.Api.Calls.Total, 1, calls);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(8)]
    public void Previews_share_their_looks(int parallelism) =>
        _environment.Run(async () =>
        {
            var fleet = new Fleet(_environment, 100);

            await fleet.PreviewAsync(parallelism);

            Assert.InRange(_environment.Api.Calls.Total, 1, 10);
            Assert.Equal(0, _environment.Submissions("start_standby"));
        });

    /// <summary>More jobs than can be read, each a minute after the one before.</summary>
    private void MakeHistory()
    {
        for (var past = 0; past < 2500; past++)
        {
            _environment.Cloud.Restart(TestEnvironment.OtherStandby);
            _environment.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private int PagesOfHistory =>
        _environment.Api.Calls.Of("DescribeJobs").Count(call => call.Parameters["offset"] is not null);
}
