using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Every reading of up to two jobs, with every state file that may name them.</summary>
internal static class Readings
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    public static readonly LinkParameters Parameters = new(
        "full",
        "pek3a",
        "cl-source",
        "10.0.0.2",
        3306,
        "repl",
        new SecretText("Passw0rd!")
    );

    private const string Anchor = "j-anchor";

    private static readonly ResourceIdentity Self = ResourceIdentity.Of("urn:pulumi:a::p::t::one");
    private static readonly ResourceIdentity Another = ResourceIdentity.Of("urn:pulumi:b::p::t::one");
    private static readonly Source Same = Source.Of(Parameters);
    private static readonly Source Other = Same with { ClusterId = "cl-other" };

    private static readonly (string Service, Purpose Purpose)[] Services =
    [
        ("start_standby", Purpose.Start),
        ("stop_standby", Purpose.StopToStart),
        ("stop_standby", Purpose.StopToDelete),
        ("promote_standby", Purpose.Promote),
    ];

    private static readonly RecordedLink?[] States =
    [
        null,
        State(LinkState.Replicating),
        State(LinkState.Replicating) with
        {
            AnchorSource = Other,
        },
        State(LinkState.Replicating) with
        {
            DismissedEnd = "j-0",
        },
        State(LinkState.Promoted),
        State(LinkState.Stopped) with
        {
            JobId = "j-1",
        },
        State(LinkState.Stopped) with
        {
            Anchor = null,
        },
        State(LinkState.Starting) with
        {
            Anchor = null,
            JobId = "j-0",
            Awaited = "j-0",
        },
        State(LinkState.Starting) with
        {
            PendingStop = "j-0",
            JobId = "j-1",
        },
        State(LinkState.Starting) with
        {
            IsOfEarlierVersion = true,
            JobId = "j-0",
        },
        State(LinkState.Promoting) with
        {
            JobId = "j-1",
            Awaited = "j-1",
        },
        State(LinkState.Unknown) with
        {
            Anchor = null,
            JobId = null,
            StartedAt = null,
        },
    ];

    private static readonly (TabView View, Source? Source, bool IsLabelled)[] Tabs =
    [
        (TabView.NotRead, null, false),
        (TabView.None, null, false),
        (TabView.NoLink, null, false),
        (TabView.Link, Same, true),
        (TabView.Link, Other, false),
    ];

    public static IEnumerable<LinkEvidence> All() =>
        from jobs in Histories()
        from recorded in States
        from reach in new[] { HistoryReach.Incomplete, HistoryReach.Creation, HistoryReach.Anchor }
        where reach != HistoryReach.Anchor || recorded?.Anchor is not null
        from tab in Tabs
        from variant in Variants(tab.View, recorded)
        let all = reach == HistoryReach.Anchor ? jobs.Append(AnchorJob).ToList() : jobs
        select new LinkEvidence(
            new JobHistory(all, reach) { Oldest = Morning },
            tab.View,
            tab.Source,
            recorded,
            new Attributions(Self, null, all)
        )
        {
            IsTabLabelled = tab.IsLabelled,
            Now = variant.Now,
            StatusAt = variant.StatusAt,
            CutBy = variant.Known,
            KnownAnchor = variant.Known,
        };

    private static Job AnchorJob { get; } =
        NewJob(Anchor, -1, "start_standby", Purpose.Start, JobStatus.Successful, Self);

    /// <summary>Newest first.</summary>
    private static IEnumerable<IReadOnlyList<Job>> Histories() =>
        [
            [],
            .. Jobs(0).Select(job => new[] { job }),
            .. Jobs(0).SelectMany(_ => Jobs(1), (first, second) => new[] { second, first }),
        ];

    private static IEnumerable<Job> Jobs(int index)
    {
        var services =
            from service in Services
            from status in new[] { JobStatus.Successful, JobStatus.Failed, JobStatus.Working }
            from sender in new[] { Self, Another }
            where index == 1 || status != JobStatus.Working
            select NewJob($"j-{index}", index, service.Service, service.Purpose, status, sender);
        var others =
            from status in new[] { JobStatus.Successful, JobStatus.Failed }
            from action in new[] { JobKinds.StopClusters, JobKinds.CustomService }
            select NewJob($"j-{index}", index, null, Purpose.Start, status, Self) with
            {
                Action = action,
            };
        return services.Concat(others);
    }

    /// <summary>When the reading is made, when the status changed, and what this process knows where there is no
    /// state.</summary>
    private static IEnumerable<(DateTimeOffset Now, DateTimeOffset? StatusAt, string? Known)> Variants(
        TabView tab,
        RecordedLink? recorded
    )
    {
        yield return (Morning.AddHours(3), null, null);
        if (tab != TabView.None)
            yield break;

        yield return (Morning.AddHours(30), null, null);
        yield return (Morning.AddHours(3), Morning.AddHours(2).AddMinutes(30), null);
        yield return (Morning.AddHours(3), Morning.AddMinutes(62), null);
        if (recorded is null)
            yield return (Morning.AddHours(30), null, "j-0");
    }

    private static Job NewJob(
        string id,
        int hour,
        string? service,
        Purpose purpose,
        JobStatus status,
        ResourceIdentity by
    )
    {
        var at = Morning.AddHours(1 + hour);
        var request = service is null
            ? null
            : new ServiceRequest(service, "cl-standby", "sh1a", service == "start_standby" ? Parameters : null)
            {
                Sender = new Sender(new RequestId(by, purpose).ForOneCall(new Random(1)), null, null, Sender.Api),
            };
        return new Job(id, JobKinds.CustomService, status, "", at, at.AddMinutes(1), "", ["cl-standby"], request);
    }

    private static RecordedLink State(LinkState state) => new(state, Anchor, Morning, Same) { Anchor = Anchor };
}
