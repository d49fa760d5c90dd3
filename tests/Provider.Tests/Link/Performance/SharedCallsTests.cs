namespace QingCloudMySqlStandby.Link.Performance;

/// <summary>What a program of many links costs in calls and in waiting, from the plugin's protocol down to the
/// wire.</summary>
public sealed class SharedCallsTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_hundred_creates_share_all_but_their_starts() =>
        _world.Run(async () =>
        {
            var job = TimeSpan.FromSeconds(30);
            _world.Cloud.SetDuration("start_standby", job);
            var fleet = Fleet.Of(_world, 100);
            var began = _world.Time.GetUtcNow();

            var links = Fleet.CreatedIn(_world, await fleet.UpAsync());

            Assert.Equal(100, _world.Submissions("start_standby"));
            Assert.InRange(_world.Api.Calls.Total - 100, 1, 40);
            Assert.All(links, link => Assert.InRange(link.AnsweredAt - began, job, job * 1.1));
        });

    [Fact]
    public void Creates_share_their_calls_however_long_the_accounts_history_is() =>
        _world.Run(async () =>
        {
            var job = TimeSpan.FromSeconds(30);
            for (var past = 0; past < 2500; past++)
            {
                _world.Cloud.Restart(World.OtherSource);
                _world.Time.Advance(TimeSpan.FromMinutes(1));
            }

            _world.Cloud.SetDuration("start_standby", job);
            var links = Fleet.CreatedIn(_world, await Fleet.Of(_world, 100).UpAsync());

            // Whether the source replicates from the standby, only its jobs since it was made show: here, all.
            Assert.InRange(PagesOfHistory, 1, PagesOf(2500));
            Assert.InRange(_world.Api.Calls.Total - 100 - PagesOfHistory, 1, 40);
            Assert.All(links, link => Assert.InRange(link.Lag, TimeSpan.Zero, job * 0.1));
        });

    [Fact]
    public void Creates_few_at_a_time_read_a_long_history_once() =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 100);
            MakeHistory();

            fleet.Parallel = 8;
            await fleet.UpAsync();

            Assert.Equal(100, _world.Submissions("start_standby"));
            Assert.InRange(PagesOfHistory, PagesOf(2400), PagesOf(2600));
        });

    [Fact]
    public void Deletions_few_at_a_time_read_a_long_history_once() =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 100);
            await fleet.UpAsync();
            MakeHistory();
            _world.Api.Calls.Clear();

            fleet.Parallel = 8;
            await fleet.DestroyAsync();

            Assert.Equal(100, _world.Submissions("stop_standby"));
            Assert.InRange(PagesOfHistory, 1, PagesOf(100) + 5);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(64)]
    [InlineData(8)]
    [InlineData(1)]
    public void A_refresh_of_a_hundred_takes_few_calls_at_any_parallelism(int parallelism) =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 100);
            await fleet.UpAsync();
            _world.Time.Advance(TimeSpan.FromHours(1));
            _world.Api.Calls.Clear();

            fleet.Parallel = parallelism;
            var refresh = await fleet.RefreshAsync();

            Assert.All(refresh.Steps, step => Assert.False(step.IsChange));
            Assert.InRange(_world.Api.Calls.Total, 1, 10);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(8)]
    public void A_refresh_of_a_hundred_takes_few_calls_on_a_slow_network_too(int parallelism) =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 100);
            await fleet.UpAsync();
            _world.Api.Calls.Clear();
            _world.Api.AddFault("slow=400ms,times=always");

            fleet.Parallel = parallelism;
            await fleet.RefreshAsync();

            Assert.InRange(_world.Api.Calls.Total, 1, 10);
        });

    [Theory]
    [InlineData(int.MaxValue, 30)]
    [InlineData(64, 60)]
    [InlineData(8, 60)]
    public void A_refresh_of_a_thousand_costs_little_more_than_listing_them(int parallelism, int calls) =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 1000);
            await fleet.UpAsync();
            _world.Api.Calls.Clear();

            fleet.Parallel = parallelism;
            await fleet.RefreshAsync();

            Assert.InRange(_world.Api.Calls.Total, 1, calls);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(8)]
    public void Previews_share_their_looks(int parallelism) =>
        _world.Run(async () =>
        {
            var fleet = Fleet.Of(_world, 100);

            fleet.Parallel = parallelism;
            await fleet.PreviewAsync();

            // Nine of them compare the parameters of three new links.
            Assert.InRange(_world.Api.Calls.Total, 1, 19);
            Assert.Equal(0, _world.Submissions("start_standby"));
        });

    /// <summary>Many jobs on another cluster, each a minute after the one before.</summary>
    private void MakeHistory()
    {
        for (var past = 0; past < 2500; past++)
        {
            _world.Cloud.Restart(World.OtherStandby);
            _world.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>The pages of job lists after the first. A first page is a look at what is new, which each step takes for
    /// itself.</summary>
    private int PagesOfHistory =>
        _world.Api.Calls.Of("DescribeJobs").Count(call => call.Parameters["offset"] is { } offset && offset != "0");

    /// <summary>As many pages as that many jobs need. Each has a hundred rows, five of them from the page
    /// before.</summary>
    private static int PagesOf(int jobs) => (jobs / 95) + 1;
}
