using QingCloudMySqlStandby.Histories.Broken;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;

namespace QingCloudMySqlStandby.Histories;

/// <summary>The test of the tests: each provider that is broken on purpose is caught soon. A kind has the steps that lead
/// to it, between others; the whole search finds each within 20,000 histories too (<c>THEMES=0</c>).</summary>
public sealed class BrokenBuilds(ITestOutputHelper output)
{
    private const int MostHistories = 300;
    private const int Seed = 1_000_000;

    private static readonly string[] ClusterLife =
    [
        "StopClusters",
        "StartClusters",
        "SuspendClusters",
        "ResumeClusters",
    ];
    private static readonly string[] ClusterEnds = ["DeleteClusters", "RecoverClusters"];

    private static readonly Kind[] Kinds =
    [
        new(
            "E1 what came before a start that failed is not read",
            "knobs; set x; up; console promote A; wait 26h; set x relink=last; takes start_standby 40m; fault job=failed,codes=4711,service=start_standby; up cancel=5m; wait 2h; set x relink=none; up",
            [4],
            new BrokenBuild
            {
                History = (history, _) =>
                    Since(history, Newest(history, ServiceNames.StartStandby)?.CreatedAt.AddMinutes(-5)),
            }
        ),
        new(
            "E2 a new password copies everything again",
            "knobs; set x; up; set x password=2; up",
            [4],
            new BrokenBuild { Submit = (cloud, call, token) => cloud.RunServiceAsync(WithSyncWay(call, "full"), token) }
        ),
        new(
            "E3 the old half of a replacement by an import stops the link",
            "knobs; set x; up; state delete x; import x A; set x import=short; up",
            [1, 6],
            new BrokenBuild { Read = AsUnknownResource, Delete = WithoutIncarnation }
        ),
        new(
            "E4 after a wait no guard looks for circles",
            "knobs; set x source=T; takes start_standby 40m; up cancel=5m; console start S A; wait 10m; set x source=S; up",
            [7],
            new BrokenBuild { History = HideSources, HidesTabs = true }
        ),
        new(
            "E5 circles through another process are not looked for",
            "knobs; set x cluster=S source=A provider=p; set y after=x; up",
            [7],
            new BrokenBuild { History = HideSources, HidesTabs = true }
        ),
        new(
            "E6 another's link is taken for its own",
            "knobs; set x; up; console change A T; wait 10m; up refresh=true",
            [3, 4],
            new BrokenBuild { History = (history, _) => OwnStarts(history) }
        ),
        new(
            "E7 another's link is promoted",
            "knobs; set x; up; console promote A; wait 10m; set x promoted=true; up; console start A S; wait 10m; up refresh=true",
            [3],
            new BrokenBuild { History = (history, _) => OwnStarts(history) }
        ),
        new(
            "E8 another's start is joined",
            "knobs; set x; up; console stop A; wait 10m; takes start_standby 40m; script start A S; set x host=2; up cancel=50m; up",
            [3, 4],
            new BrokenBuild { History = (history, _) => OwnStarts(history) }
        ),
        new(
            "E9 a password that cannot be read is another one",
            "knobs; set x; up; state taint x; up",
            [1],
            new BrokenBuild { History = (history, _) => Each(history, WithOtherPassword) }
        ),
        new(
            "E10 another default zone is another cluster",
            "knobs ZoneStrict=False; set x zone=none; up; zone pek3a; up",
            [1, 6],
            new BrokenBuild
            {
                // What the program declares is not known either: that alone saves the link.
                Check = request => request with { Olds = PropertyMap.Empty, Urn = request.Urn + "-unknown" },
            }
        ),
        new(
            "E11 a link is stopped that cannot be started again",
            "knobs; console start A S; wait 10m; import x A; set x password=placeholder deleteFirst=true; up replace=x",
            [1],
            new BrokenBuild { Delete = OfUnknownResource }
        ),
        new(
            "E12 the way out of an increment that fails is not taken",
            "knobs; set x; up; console stop A; write S; wait 720h; set x relink=last; up",
            [6],
            new BrokenBuild
            {
                Submit = (cloud, call, token) =>
                    cloud.RunServiceAsync(
                        call.KnownJobs is { Count: > 0 } ? WithSyncWay(call, "increment") : call,
                        token
                    ),
            }
        ),
        new(
            "E13 a renamed resource cannot be replaced",
            "knobs; set x; up; rename x y alias=true; up; state taint y; up",
            [6],
            new BrokenBuild { Create = RefuseRenamed }
        ),
        new(
            "E14 a replacement promotes",
            "knobs; set x onDelete=promote; up; set x cluster=B; up",
            [1, 9],
            new BrokenBuild { Delete = OfUnknownResource }
        ),
        new(
            "E15 a start that failed is taken for one that did nothing",
            "knobs StandbyTab=Absent; set x; fault job=done-with-failure,effect=true,service=start_standby; up; up",
            [6, 8],
            new BrokenBuild
            {
                History = (history, _) => Where(history, job => job.Status != QingCloud.JobStatus.Failed),
            }
        ),
        new(
            "E16 a stop that failed is taken for one that did nothing",
            "knobs StandbyTab=Absent; set x; up; fault job=done-with-failure,effect=true,service=stop_standby; set x host=2; up; refresh",
            [6, 8],
            new BrokenBuild
            {
                History = (history, _) => Where(history, job => job.Status != QingCloud.JobStatus.Failed),
            }
        ),
        new(
            "E17 what these keys do not see is gone",
            "knobs; set x; up; foreign true; refresh",
            [8],
            new BrokenBuild { Read = GoneWhereRefused }
        ),
        new(
            "E18 what is not listed has not happened",
            "knobs JobOwners=CallersKey StopWithoutLink=JobSucceeds; set x; up; console promote A; wait 10m; set x host=2; up refresh=true",
            [4, 8],
            new BrokenBuild
            {
                History = (history, _) => history with { Reach = HistoryReach.Anchor },
                HidesTabs = true,
                Cluster = WithoutStatusTime,
            }
        ),
        new(
            "E19 the stop of a cluster ends no link",
            "knobs StandbyTab=Absent StopWithoutLink=JobSucceeds; set x; up; timer stop-cluster A; wait 10m; timer start-cluster A; wait 10m; refresh",
            [4, 8],
            new BrokenBuild
            {
                History = (history, _) => Where(history, job => !ClusterLife.Contains(job.Action)),
                Cluster = WithoutStatusTime,
            }
        ),
        new(
            "E20 the start after a stop is owed for ever",
            "knobs; set x; up; set x host=2; fault ret=1400,when=before,service=start_standby; up; destroy; wait 192h; up",
            [4],
            new BrokenBuild
            {
                History = (history, _) =>
                    Each(history, job => Service(job) == ServiceNames.StopStandby ? AsStopToStart(job) : job),
            }
        ),
        new(
            "E21 a state without its output cannot be repaired",
            "knobs; set x; up; console stop A; wait 10m; state strip x; up",
            [6],
            new BrokenBuild { Read = FailWithoutState, Update = FailWithoutState }
        ),
        new(
            "E22 a cluster that was recovered is still linked",
            "knobs; set x; up; console delete A; wait 10m; console recover A; wait 10m; refresh",
            [4, 8],
            new BrokenBuild
            {
                History = (history, _) => Where(history, job => !ClusterEnds.Contains(job.Action)),
                HidesTabs = true,
                Cluster = WithoutStatusTime,
            }
        ),
        new(
            "E23 a program that watches fails where there is no link",
            "knobs; set x get=true; up",
            [6],
            new BrokenBuild { Read = FailWithoutLink }
        ),
        new(
            "the source stays read-only when a switchover fails",
            "knobs; set x limit=10m; up; lag A 120m; set x promoted=true; up",
            [9],
            new BrokenBuild { Submit = NeverWritable }
        ),
        new(
            "the source is fenced twice",
            "knobs; set x; up; set x promoted=true; up",
            [9],
            new BrokenBuild { Submit = FenceTwice }
        ),
        new(
            "another's read-only is lifted",
            "knobs; set x limit=10m; up; console read-only S; wait 10m; lag A 120m; set x promoted=true; up",
            [9],
            new BrokenBuild
            {
                History = (history, _) =>
                    Each(
                        history,
                        job => Service(job) == ServiceNames.SetReadOnly ? BrokenBuild.AsOwn(job, Purpose.Fence) : job
                    ),
            }
        ),
        new(
            "a switchover promotes without a fence",
            "knobs; set x; up; set x promoted=true; up",
            [9],
            new BrokenBuild
            {
                Update = request => request with { NewInputs = request.NewInputs.With("fenceSource", value: false) },
            }
        ),
        new(
            "a fence is forgotten when the run is killed",
            "knobs; set x; up; takes set_readonly 40m; set x promoted=true; up kill=11-after; wait 2h; set x promoted=false; up",
            [8, 9],
            new BrokenBuild
            {
                History = (history, _) =>
                    Each(
                        history,
                        job => Service(job) == ServiceNames.SetReadOnly ? BrokenBuild.WithRequestId(job, null) : job
                    ),
                Update = request => request with { OldState = request.OldState.Without("__fence") },
            }
        ),
    ];

    public static TheoryData<string> Names => [.. Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_provider_is_caught(string name)
    {
        var kind = Kinds.Single(each => each.Name == name);
        var isWhole = Environment.GetEnvironmentVariable("THEMES") == "0";
        var search = new Search(Seed, isWhole ? 20_000 : MostHistories)
        {
            Broken = kind.Build,
            Theme = isWhole ? null : kind.Theme,
            Skips = found => !kind.Promises.Contains(found.Promise),
        };
        var failures = search.Run(shrinks: false);
        output.WriteLine(search.Summary);
        Assert.True(failures.Count > 0, search.Summary);
        output.WriteLine(failures[0].ToString());
    }

    private static string? Service(Job job) => job.Request?.Service;

    private static Job? Newest(JobHistory history, string service) =>
        history.Jobs.FirstOrDefault(job => Service(job) == service);

    private static JobHistory Where(JobHistory history, Func<Job, bool> isRead) =>
        history with
        {
            Jobs = [.. history.Jobs.Where(isRead)],
        };

    private static JobHistory Each(JobHistory history, Func<Job, Job> change) =>
        history with
        {
            Jobs = [.. history.Jobs.Select(change)],
        };

    private static JobHistory Since(JobHistory history, DateTimeOffset? since) =>
        since is null ? history : Where(history, job => job.CreatedAt >= since) with { Reach = HistoryReach.Creation };

    private static JobHistory OwnStarts(JobHistory history) =>
        Each(history, job => Service(job) == ServiceNames.StartStandby ? BrokenBuild.AsOwn(job, Purpose.Start) : job);

    /// <summary>Clusters of the sources' zone seem never to have been linked.</summary>
    private static JobHistory HideSources(JobHistory history, string cluster) =>
        cluster is Driver.Simulation.World.Source or Driver.Simulation.World.OtherSource
            ? history with
            {
                Jobs = [],
                Reach = HistoryReach.Creation,
            }
            : history;

    private static ServiceCall WithSyncWay(ServiceCall call, string way) =>
        call.Link is { } link ? call with { Link = link with { SyncWay = way } } : call;

    private static Job WithOtherPassword(Job job) =>
        job.Request is { Link: { } link } request
            ? job with
            {
                Request = request with { Link = link with { Password = new SecretText("another password") } },
            }
            : job;

    /// <summary>This resource's stop, as if it had been made just now to start again.</summary>
    private static Job AsStopToStart(Job job) =>
        BrokenBuild.AsOwn(job, Purpose.StopToStart) with
        {
            ChangedAt = DateTimeOffset.MaxValue,
        };

    private static Cluster WithoutStatusTime(Cluster cluster) => cluster with { StatusAt = null };

    /// <summary>The deletion knows neither what the program declares nor what remains.</summary>
    private static DeleteRequest OfUnknownResource(DeleteRequest request) =>
        request with
        {
            Urn = request.Urn + "-unknown",
        };

    /// <summary>Neither the import nor the state that it answers shows which incarnation remains.</summary>
    private static async Task<ReadResult?> AsUnknownResource(
        ReadRequest request,
        Func<ReadRequest, Task<ReadResult?>> read
    )
    {
        var isImport = request.State.Count == 0;
        var result = await read(isImport ? request with { Urn = request.Urn + "-unknown" } : request);
        return isImport && result is not null ? result with { State = result.State.Without("__incarnation") } : result;
    }

    private static DeleteRequest WithoutIncarnation(DeleteRequest request) =>
        request with
        {
            State = request.State.Without("__incarnation"),
        };

    private static CreateRequest RefuseRenamed(CreateRequest request) =>
        request.Urn.EndsWith("::y", StringComparison.Ordinal)
            ? throw new RefusalException(RefusalKind.AnothersLink, "The link was started by another resource.")
            : request;

    private static async Task<ReadResult?> GoneWhereRefused(
        ReadRequest request,
        Func<ReadRequest, Task<ReadResult?>> read
    )
    {
        try
        {
            return await read(request);
        }
        catch (RefusalException refusal) when (refusal.Kind == RefusalKind.ClusterNotSeen)
        {
            return null;
        }
    }

    private static async Task<ReadResult?> FailWithoutState(
        ReadRequest request,
        Func<ReadRequest, Task<ReadResult?>> read
    ) =>
        request.State.Count > 0 && !request.State.ContainsKey("state")
            ? throw new PluginException(PluginErrorCode.FailedPrecondition, "There is no link to import.")
            : await read(request);

    private static UpdateRequest FailWithoutState(UpdateRequest request) =>
        request.OldState.ContainsKey("state")
            ? request
            : throw new PluginException(PluginErrorCode.FailedPrecondition, "Run pulumi refresh.");

    private static async Task<ReadResult?> FailWithoutLink(
        ReadRequest request,
        Func<ReadRequest, Task<ReadResult?>> read
    ) =>
        await read(request) is { Inputs: null } && request.State.Count == 0
            ? throw new PluginException(PluginErrorCode.FailedPrecondition, "There is no link.")
            : await read(request);

    private static async Task<string> NeverWritable(IQingCloud cloud, ServiceCall call, CancellationToken token)
    {
        if (call.ReadOnly != false)
            return await cloud.RunServiceAsync(call, token);

        var history = await cloud.ReadHistoryAsync(call.Zone, call.ClusterId, HistoryDepth.All, Freshness.Live, token);
        return history.Jobs[0].Id;
    }

    private static async Task<string> FenceTwice(IQingCloud cloud, ServiceCall call, CancellationToken token)
    {
        if (call.ReadOnly == true)
            await cloud.WaitForJobAsync(call.Zone, await cloud.RunServiceAsync(call, token), _ => { }, token);

        return await cloud.RunServiceAsync(call, token);
    }

    private sealed record Kind(string Name, string Theme, int[] Promises, BrokenBuild Build);
}
