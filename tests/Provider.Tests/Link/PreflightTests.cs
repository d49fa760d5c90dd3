using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>What a preview looks at, and what that costs.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    private static PropertyMap NoCredentials => World.Configuration.Without("accessKeyId").Without("secretAccessKey");

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_preview_reads_only() =>
        _rig.Run(async () =>
        {
            Assert.True((await _rig.Stack.PreviewAsync(LifecycleRig.Program)).IsSuccess);

            Assert.Equal((0, 0, 0), _rig.Submissions);
            Assert.NotEqual(0, _rig.World.Api.Calls.Total);
        });

    [Theory]
    [InlineData("suspended", "must be active")]
    [InlineData("transition", "another operation is under way")]
    [InlineData("job", "operation is under way")]
    [InlineData("linked", "a user at the console")]
    [InlineData("linked, nobody says by whom", "cl-9np7ig3h in pek3a")]
    [InlineData("address", "replicates from cl-9np7ig3g")]
    [InlineData("nowhere", "does not exist in zone sh1a")]
    public void A_preview_says_what_is_in_the_way(string what, string expected) =>
        _rig.Run(async () =>
        {
            Obstruct(what);
            await _rig.PassAsync(TimeSpan.FromMinutes(1));
            var program =
                what == "nowhere"
                    ? LifecycleRig.Program.With("clusterId", PropertyValue.Of("cl-nowhere"))
                    : LifecycleRig.Program;

            var preview = await _rig.Stack.PreviewAsync(program);

            Assert.Contains(expected, preview.Message, StringComparison.Ordinal);
            Assert.Equal(0, _rig.World.Submissions("start_standby"));
        });

    [Fact]
    public void A_source_that_does_not_exist_is_a_warning() =>
        _rig.Run(async () =>
        {
            Assert.True(
                (
                    await _rig.Stack.PreviewAsync(
                        LifecycleRig.Program.WithSource("clusterId", PropertyValue.Of("cl-nowhere"))
                    )
                ).IsSuccess
            );

            Assert.Contains(
                _rig.Stack.Lines,
                line => line.Contains("cl-nowhere is no cluster that these credentials see", StringComparison.Ordinal)
            );
        });

    [Fact]
    public void A_link_that_is_older_than_the_job_history_is_found_by_its_tab() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.PlanJobs(new JobPlan { VanishesAfter = TimeSpan.FromHours(1) });
            Obstruct("linked");
            await _rig.PassAsync(TimeSpan.FromDays(1));

            var up = await _rig.Stack.UpAsync(LifecycleRig.Program);
            Assert.Contains("cl-9np7ig3h in pek3a", up.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void A_cluster_as_its_own_source_is_refused_without_a_call() =>
        _rig.Run(async () =>
        {
            var own = LifecycleRig.Program.WithSource("clusterId", PropertyValue.Of(World.Standby));

            Assert.Contains(
                "the standby cluster " + "itself",
                (await _rig.Stack.PreviewAsync(own)).Message,
                StringComparison.Ordinal
            );
            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    [Theory]
    [InlineData("credentials")]
    [InlineData("preflight")]
    [InlineData("unknown")]
    public void A_preview_that_cannot_or_must_not_look_makes_no_call(string what) =>
        _rig.Run(async () =>
        {
            var provider = await _rig.World.StartProviderAsync(
                what switch
                {
                    "credentials" => NoCredentials,
                    "preflight" => World.Configuration.With("preflight", PropertyValue.Of(false)),
                    _ => World.Configuration,
                }
            );
            var program =
                what == "unknown"
                    ? LifecycleRig.Program.WithSource("host", PropertyValue.Unknown)
                    : LifecycleRig.Program;
            var inputs = await LifecycleRig.CheckAsync(provider, _rig.Stack.Urn, program);

            await LifecycleRig.CreateAsync(provider, _rig.Stack.Urn, inputs, preview: true);

            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    [Fact]
    public void A_hundred_resources_are_previewed_with_a_handful_of_calls() =>
        _rig.Run(async () =>
        {
            var provider = await _rig.World.StartProviderAsync();
            var programs = Enumerable.Range(0, 100).Select(Numbered).ToList();

            await Task.WhenAll(programs.Select((program, i) => PreviewAsync(provider, program, i)));

            // Nine of them compare the parameters of three new links.
            Assert.InRange(_rig.World.Api.Calls.Total, 1, 19);
        });

    [Fact]
    public void Clusters_that_need_a_closer_look_are_not_looked_at_without_end() =>
        _rig.Run(async () =>
        {
            var provider = await _rig.World.StartProviderAsync();
            var programs = Enumerable.Range(0, 100).Select(Numbered).ToList();

            foreach (var (i, program) in programs.Index())
                await PreviewAsync(provider, program, i);

            Assert.InRange(_rig.World.Api.Calls.Total, 1, 24);
        });

    private static async Task PreviewAsync(IProvider provider, PropertyMap program, int number)
    {
        var urn = $"urn:pulumi:dev::shop::{Names.StandbyReplication}::link-{number}";
        await LifecycleRig.CreateAsync(
            provider,
            urn,
            await LifecycleRig.CheckAsync(provider, urn, program),
            preview: true
        );
    }

    private PropertyMap Numbered(int number)
    {
        var id = $"cl-standby{number:000}";
        _rig.Cloud.AddCluster(new ClusterSpec(id, World.StandbyZone) { HasCreationJob = true });
        return LifecycleRig.Program.With("clusterId", PropertyValue.Of(id));
    }

    private void Obstruct(string what)
    {
        var source = new SourceEndpoint(World.OtherSource, World.SourceZone);
        switch (what)
        {
            case "suspended":
                _rig.Cloud.SetStatus(World.Standby, ClusterStatus.Suspended);
                break;
            case "transition":
                _rig.Cloud.SetDuration("RestartClusters", TimeSpan.FromHours(1));
                _rig.Cloud.Restart(World.Standby);
                break;
            case "job":
                _rig.Cloud.StartByConsole(World.Standby, source);
                _rig.Cloud.SetDuration("stop_standby", TimeSpan.FromHours(1));
                _rig.World.Time.Advance(TimeSpan.FromSeconds(10));
                _rig.Cloud.StopByConsole(World.Standby);
                break;
            case "linked":
                _rig.Cloud.StartByConsole(World.Standby, source);
                break;
            case "linked, nobody says by whom":
                _rig.World.Api.JobListing = new JobListing(Echo.WithoutSender);
                _rig.Cloud.StartByConsole(World.Standby, source);
                break;
            case "address":
                _rig.World.Api.JobListing = new JobListing(Echo.WithoutSender);
                _rig.Cloud.StartByConsole(
                    World.Standby,
                    new SourceEndpoint(World.Source, World.SourceZone) { Port = 3307 }
                );
                break;
            default:
                break;
        }
    }
}
