using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>What DescribeJobs and DescribeClusterJobs show of the jobs that there are.</summary>
public sealed class VisibilityTests : IDisposable
{
    private static readonly string[] Everyone = ["internal", "console", "script", "own"];
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<Knobs, string[]> Lists { get; } =
        new()
        {
            { new Knobs(), Everyone },
            {
                new Knobs { JobOwners = JobOwners.CallersKey },
                ["own"]
            },
            {
                new Knobs { JobOwners = JobOwners.Api },
                ["script", "own"]
            },
            {
                new Knobs { JobsListedFor = TimeSpan.FromMinutes(2) },
                ["internal", "console"]
            },
            {
                new Knobs { JobsListedAfter = TimeSpan.FromSeconds(30) },
                ["console", "script", "own"]
            },
            {
                new Knobs { JobsListed = 2 },
                ["internal", "console"]
            },
        };

    [Theory]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public async Task A_list_may_not_show_every_job(Knobs knobs, string[] expected)
    {
        await MakeJobsAsync();
        _bench.Cloud.Knobs = knobs;
        Assert.Equal(expected, (await _bench.CallAsync("DescribeJobs")).Jobs().Select(Maker));
        var ofClusters = await _bench.CallAsync("DescribeClusterJobs", ("app", "app-mysqlplus"));
        Assert.Equal(Everyone, ofClusters.Jobs().Select(Maker));

        var hidden = _bench.Cloud.Jobs.Select(job => job.Id).ToList()[expected.Contains("own") ? 0 : 3];
        var isListed = expected.Length == Everyone.Length;
        Assert.Equal(isListed ? 0 : 2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", hidden))).RetCode());
        _bench.Cloud.Knobs = knobs with { UnlistedJobsById = true, ClusterJobs = ClusterJobs.AsDescribeJobs };
        Assert.Single((await _bench.CallAsync("DescribeJobs", ("jobs.1", hidden))).Jobs());
        ofClusters = await _bench.CallAsync("DescribeClusterJobs", ("app", "app-mysqlplus"));
        Assert.Equal(expected, ofClusters.Jobs().Select(Maker));
    }

    [Theory]
    [InlineData(TotalCount.Right, 4)]
    [InlineData(TotalCount.TooSmall, 2)]
    [InlineData(TotalCount.TooLarge, 9)]
    [InlineData(TotalCount.Absent, null)]
    public async Task The_total_count_may_be_wrong(TotalCount total, int? expected)
    {
        await MakeJobsAsync();
        _bench.Cloud.Knobs = new Knobs { TotalCount = total };
        var answer = await _bench.CallAsync("DescribeJobs", ("limit", "1"));
        Assert.Equal(expected, (int?)answer["total_count"]);
        Assert.Single(answer.Jobs());
    }

    [Theory]
    [InlineData(false, new[] { 3, 2, 1, 0 })]
    [InlineData(true, new[] { 3, 0, 1, 2 })]
    public async Task Jobs_of_the_same_second_may_be_in_the_wrong_order(bool reversed, int[] expected)
    {
        _bench.Cloud.UsualDuration = TimeSpan.Zero;
        var ids = Enumerable.Range(0, 3).Select(_ => Restart(0.1)).ToList();
        _bench.Pass(1);
        ids.Add(Restart(0));
        _bench.Cloud.Knobs = new Knobs { EqualTimesReversed = reversed };
        var listed = (await _bench.CallAsync("DescribeJobs")).Jobs().Select(job => (string)job!["job_id"]!);
        Assert.Equal(expected, listed.Select(id => ids.IndexOf(id)));

        string Restart(double pause)
        {
            var id = _bench.Cloud.Restart(Bench.Standby).Id;
            _bench.Pass(pause);
            return id;
        }
    }

    [Theory]
    [InlineData(JobOwnerField.User, new[] { "system", "usr-atconsole", "usr-simulated", "usr-simulated" })]
    [InlineData(JobOwnerField.Account, new[] { "usr-simulated", "usr-simulated", "usr-simulated", "usr-simulated" })]
    [InlineData(JobOwnerField.Absent, new string?[] { null, null, null, null })]
    public async Task The_owner_is_who_made_the_job_or_the_account(JobOwnerField field, string?[] expected)
    {
        await MakeJobsAsync();
        _bench.Cloud.Knobs = new Knobs { JobOwner = field };
        var jobs = (await _bench.CallAsync("DescribeJobs")).Jobs();
        Assert.Equal(expected, jobs.Select(job => (string?)job!["owner"]));
    }

    [Fact]
    public async Task Jobs_of_clusters_are_asked_for_by_their_application()
    {
        await MakeJobsAsync();
        Assert.Equal(1100, (await _bench.CallAsync("DescribeClusterJobs")).RetCode());
        Assert.Empty((await _bench.CallAsync("DescribeClusterJobs", ("app", "app-foreign1"))).Jobs());
        var some = await _bench.CallAsync(
            "DescribeClusterJobs",
            ("app", "app-mysqlplus"),
            ("status.1", "successful"),
            ("limit", "1"),
            ("offset", "1")
        );
        Assert.Equal(["console"], some.Jobs().Select(Maker));
        _bench.Cloud.Knobs = new Knobs { ClusterJobs = ClusterJobs.Refused };
        var refused = await _bench.CallAsync("DescribeClusterJobs", ("app", "app-mysqlplus"));
        Assert.Equal(1400, refused.RetCode());
    }

    [Fact]
    public async Task A_key_of_another_account_sees_nothing()
    {
        await MakeJobsAsync();
        var id = _bench.Cloud.Jobs[0].Id;
        _bench.Api.SetForeign(_bench.Options.AccessKeyId);
        Assert.Empty((await _bench.CallAsync("DescribeClusters", ("clusters.1", Bench.Standby))).Clusters());
        Assert.Empty((await _bench.CallAsync("DescribeJobs")).Jobs());
        Assert.Empty((await _bench.CallAsync("DescribeClusterJobs", ("app", "app-mysqlplus"))).Jobs());
        Assert.Equal(2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", id))).RetCode());
        Assert.Equal(2100, (await _bench.StartAsync()).RetCode());
        Assert.Equal(2100, (await _bench.CallAsync("StopClusters", ("clusters.1", Bench.Standby))).RetCode());
        _bench.Api.SetForeign(_bench.Options.AccessKeyId, foreign: false);
        Assert.Single((await _bench.CallAsync("DescribeJobs", ("jobs.1", id))).Jobs());
    }

    [Theory]
    [InlineData(ClusterZoneField.Absent, null)]
    [InlineData(ClusterZoneField.Own, "sh1a")]
    [InlineData(ClusterZoneField.Asked, "gd2")]
    public async Task A_cluster_may_show_a_zone(ClusterZoneField field, string? expected)
    {
        _bench.Cloud.Knobs = new Knobs { ZoneStrict = false, ClusterZone = field };
        var answer = await _bench.CallAsync("DescribeClusters", ("zone", "gd2"), ("clusters.1", Bench.Standby));
        Assert.Equal(expected, (string?)answer.Clusters().Single()!["zone"]);
    }

    /// <summary>A job of everyone who can make one, a minute apart; the newest is the cloud's own.</summary>
    private async Task MakeJobsAsync()
    {
        await _bench.StartAsync();
        _bench.Pass(60);
        _bench.Api.ByKey("QYSCRIPT").Stop(Bench.Standby);
        _bench.Pass(60);
        _bench.Cloud.Restart(Bench.Standby);
        _bench.Pass(60);
        _bench.Cloud.Suspend(Bench.Standby);
        _bench.Pass(10);
    }

    private string Maker(JsonNode? job)
    {
        var directive = Bench.Parse((string)job!["directive"]!);
        return (string?)directive["access_key_id"] switch
        {
            "QYSCRIPT" => "script",
            null => (string)directive["sender"]!["channel"]!,
            var key => key == _bench.Options.AccessKeyId ? "own" : throw new InvalidOperationException(key),
        };
    }
}
