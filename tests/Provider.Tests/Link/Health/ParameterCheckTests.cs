using QingCloudMySqlStandby.Link.Health;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>What the two sides of a new link lack, a sentence each.</summary>
public sealed class ParameterCheckTests : IDisposable
{
    private static readonly StandbyId Standby = new(World.StandbyZone, World.Standby);
    private static readonly StandbyId Source = new(World.SourceZone, World.Source);

    private readonly World _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Two_clusters_as_QingCloud_requires_them_have_no_warning_and_cost_three_calls() =>
        _environment.Run(async () =>
        {
            Assert.Empty(await WarningsAsync());
            Assert.Equal(
                (2, 1, 0),
                (
                    _environment.Api.Calls.Of("DescribeClusterEnvironment").Count,
                    _environment.Api.Calls.Of("DescribeClusterNodes").Count,
                    _environment.Api.Calls.Of("RunClusterCustomService").Count
                )
            );
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parameters_of_either_side_are_named_with_what_they_should_be(bool isSource) =>
        _environment.Run(async () =>
        {
            var id = isSource ? World.Source : World.Standby;
            _environment.Cloud.SetParameter(id, "wait_timeout", "28800");
            _environment.Cloud.SetParameter(id, "max_allowed_packet", "16M");
            _environment.Cloud.SetParameter(id, "slave_pending_jobs_size_max", "1024M");

            Assert.Equal(
                [
                    $"{id} should have max_allowed_packet 1G (now 16M), wait_timeout 3600 (now 28800): QingCloud requires "
                        + "that on both sides of a link.",
                ],
                await WarningsAsync()
            );
        });

    [Theory]
    [InlineData(7, "7", true)]
    [InlineData(7, "8", false)]
    [InlineData(1, "2", false)]
    [InlineData(null, "2", false)]
    public void A_gap_that_binary_logs_do_not_reach_over_is_announced(int? gapInDays, string kept, bool isWarned) =>
        _environment.Run(async () =>
        {
            _environment.Cloud.SetParameter(World.Source, "Expire_logs_days", kept);

            var warnings = await WarningsAsync(gapInDays is { } days ? TimeSpan.FromDays(days) : null);

            Assert.Equal(
                isWarned,
                warnings is [var only] && only.Contains("increment must bridge", StringComparison.Ordinal)
            );
            Assert.Equal(isWarned ? 1 : 0, warnings.Count);
        });

    [Fact]
    public void A_node_of_the_standby_that_is_not_healthy_is_named() =>
        _environment.Run(async () =>
        {
            _environment.Cloud.SetHealth("cln-ouhutv703", healthy: false);

            Assert.Equal(
                ["The standby cl-ouhutv70 may not be able to replicate: node cln-ouhutv703 is active and unhealthy."],
                await WarningsAsync()
            );
        });

    [Theory]
    [InlineData("MySQL 5.7 高可用版 1.5.6", "MySQL 5.7 金融版 1.5.6", "")]
    [InlineData("MySQL 5.7 HA", null, "")]
    [InlineData("1.5.6", "MySQL 5.7", "")]
    [InlineData("MySQL 8.0 高可用版", "MySQL 5.7 高可用版", "runs MySQL 8.0, and its source cl-9np7ig3g MySQL 5.7")]
    [InlineData("MySQL 5.7 基础版", "MySQL 5.7 基础版", "is of an edition that cannot replicate (MySQL 5.7 基础版)")]
    [InlineData("MySQL 5.7 Basic", "MySQL 5.7 HA", "is of an edition that cannot replicate")]
    public void Edition_and_version_are_compared_where_they_are_shown(
        string standby,
        string? source,
        string expected
    ) =>
        _environment.Run(async () =>
        {
            var warnings = await WarningsAsync(standby: standby, source: source);

            Assert.Equal(expected.Length == 0 ? 0 : 1, warnings.Count);
            Assert.All(warnings, warning => Assert.Contains(expected, warning, StringComparison.Ordinal));
        });

    [Fact]
    public void A_parameter_may_show_the_version() =>
        _environment.Run(async () =>
        {
            _environment.Cloud.SetParameter(World.Standby, "内核", "MySQL-8.0");
            _environment.Cloud.SetParameter(World.Source, "内核", "MySQL-5.6");

            Assert.Contains("MySQL 8.0", Assert.Single(await WarningsAsync()), StringComparison.Ordinal);
        });

    [Fact]
    public void What_could_not_be_read_is_said() =>
        _environment.Run(async () =>
        {
            _environment.Cloud.Knobs = _environment.Cloud.Knobs with { HealthRefused = true };

            Assert.Equal(
                [
                    "The parameters of cl-ouhutv70 could not be read, and were not compared.",
                    "The parameters of cl-9np7ig3g could not be read, and were not compared.",
                    "The standby cl-ouhutv70 may not be able to replicate: its nodes could not be read.",
                ],
                await WarningsAsync()
            );
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_cluster_is_named_by_both_names_of_the_documentation(bool byClusterId) =>
        _environment.Run(async () =>
        {
            _environment.Cloud.Knobs = _environment.Cloud.Knobs with { EnvironmentByClusterId = byClusterId };

            Assert.Empty(await WarningsAsync());
        });

    private async Task<IReadOnlyList<string>> WarningsAsync(
        TimeSpan? gap = null,
        string standby = "1.5.6",
        string? source = null
    )
    {
        using var client = _environment.NewClient();
        var link = new NewLink(
            Row(World.Standby, standby),
            Standby,
            Source,
            source is null ? null : Row(World.Source, source),
            gap
        );
        return await new ParameterCheck(client).RunAsync(link, CancellationToken.None);
    }

    private static Cluster Row(string id, string version) =>
        new(id, "", "active", "", new Dictionary<string, string>()) { Version = version };
}
