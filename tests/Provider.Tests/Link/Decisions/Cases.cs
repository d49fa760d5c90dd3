using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>What <c>relinkAfter</c> says in a case.</summary>
internal enum Given
{
    Nothing,
    TheEnd,
    TheStart,
    TheFailedStart,
    TheFailedEnd,
    TheJobUnderWay,
    AnotherJob,
    AnInstantBeforeTheStart,
    AnInstantBeforeTheEnd,
    AnInstantLongAfterTheEnd,
    AnInstantJustNow,
    AnInstantToCome,
    SomethingNotKnownYet,
}

/// <summary>One combination of what a decision looks at.</summary>
internal sealed record Case(Goal Goal, StandbyLink Link, Given Given)
{
    public override string ToString() => $"{Goal}\n{Link}\nrelinkAfter: {Given}";
}

/// <summary>Every combination of goals, links and consents.</summary>
internal static class Cases
{
    private const string Cluster = "cl-standby";

    private static readonly DateTimeOffset Morning = Readings.Morning;
    private static readonly DateTimeOffset Now = Morning.AddHours(8);

    private static readonly StandbyInputs Inputs = new(
        Cluster,
        "sh1a",
        "maininstance",
        Parameters("full"),
        Promoted: false,
        FenceSource: true,
        "stop",
        Consent.None
    );

    private static readonly Job Start = NewJob("j-start", Morning.AddHours(2), Request("start_standby", "full"));
    private static readonly Job End = NewJob("j-end", Morning.AddHours(4), Request("stop_standby"));
    private static readonly Job Promotion = End with { Request = Request("promote_standby") };
    private static readonly Job ClusterStop = End with { Action = JobKinds.StopClusters, Request = null };
    private static readonly Job FailedStart = Failed("j-failed-start", Request("start_standby", "full"));
    private static readonly Job FailedStop = Failed("j-failed-end", Request("stop_standby"));
    private static readonly Job FailedPromotion = Failed("j-failed-end", Request("promote_standby"));
    private static readonly Job Unreadable = NewJob("j-end", Morning.AddHours(4), null);
    private static readonly Job UnderWay = Start with { Id = "j-under-way", Status = JobStatus.Working };

    private static readonly TabView[] Tabs = Enum.GetValues<TabView>();
    private static readonly bool[] Both = [false, true];

    private static readonly SourceReadOnly?[] Sources =
    [
        null,
        SourceReadOnly.NotVisible,
        new SourceReadOnly(true, null),
        ReadOnly(isOn: true, isOurs: true, JobStatus.Successful),
        ReadOnly(isOn: true, isOurs: true, JobStatus.Working),
        ReadOnly(isOn: true, isOurs: true, JobStatus.Failed),
        ReadOnly(isOn: true, isOurs: false, JobStatus.Successful),
        ReadOnly(isOn: true, isOurs: false, JobStatus.Working),
        ReadOnly(isOn: false, isOurs: true, JobStatus.Successful),
        Shared(isOurs: true),
        Shared(isOurs: false),
    ];

    private static readonly RecordedLink?[] States =
    [
        State(LinkState.Starting, anchor: null),
        State(LinkState.Replicating, Start.Id),
        State(LinkState.Promoted, Start.Id),
        State(LinkState.Unknown, Start.Id),
        State(LinkState.Unknown, anchor: null),
    ];

    public static IEnumerable<Case> All()
    {
        var links = Links().ToList();
        return from given in Enum.GetValues<Given>()
            let consent = Meant(given)
            from goal in Goals(consent)
            from link in links
            select new Case(goal, link, given);
    }

    private static IEnumerable<StandbyLink> Links() =>
        [.. None(), .. Busy(), .. Replicating(), .. Ended(), .. Doubtful()];

    private static IEnumerable<StandbyLink> None() =>
        from failed in new[] { null, FailedStart }
        from isOwn in Both
        from tab in Tabs
        from wasRefused in Both
        where failed is not null || !isOwn
        select Link(LinkState.None) with
        {
            Start = null,
            Owner = Owner.Unclear,
            FailedStart = failed,
            IsOwnFailedStart = isOwn,
            Tab = tab,
            WasRefused = wasRefused,
        };

    private static IEnumerable<StandbyLink> Busy() =>
        from state in new[] { LinkState.Starting, LinkState.Promoting, LinkState.Stopping }
        from isOwn in Both
        select Link(state) with
        {
            Job = UnderWay,
            IsOwnJob = isOwn,
        };

    private static IEnumerable<StandbyLink> Replicating() =>
        from owner in Enum.GetValues<Owner>()
        from start in new[] { Start, null }
        from tab in Tabs
        from source in Sources
        where tab != TabView.NoLink && (start is not null || owner != Owner.Foreign)
        select Link(LinkState.Replicating) with
        {
            Owner = owner,
            Start = start,
            Job = start,
            Tab = tab,
            SourceReadOnly = source,
        };

    private static IEnumerable<StandbyLink> Ended() =>
        from end in Ends()
        from several in Both
        from failed in new[] { null, FailedStart }
        from source in Sources
        from setting in new[]
        {
            null,
            new ReadOnlySetting(IsOn: true, IsOurs: false, Start),
            new ReadOnlySetting(IsOn: false, IsOurs: true, UnderWay),
        }
        select Link(end.Kind == EndKind.Promotion ? LinkState.Promoted : LinkState.Stopped) with
        {
            Job = end.Job,
            End = end,
            HasSeveralPossibleEnds = several,
            FailedStart = failed,
            SourceReadOnly = source,
            StandbyReadOnly = setting,
            Tab = end.Job is null ? TabView.NoLink : TabView.NotRead,
        };

    private static IEnumerable<LinkEnd> Ends() =>
        [
            new LinkEnd(EndKind.Promotion, Promotion),
            new LinkEnd(EndKind.Promotion, Promotion) { IsOwnPromotion = true },
            new LinkEnd(EndKind.Stop, End),
            new LinkEnd(EndKind.Stop, End) { IsPendingRestart = true },
            new LinkEnd(EndKind.ClusterLife, ClusterStop),
            new LinkEnd(EndKind.Unexplained, Job: null),
        ];

    private static IEnumerable<StandbyLink> Doubtful() =>
        from doubt in Doubts()
        from owner in new[] { Owner.Own, Owner.Unclear }
        from tab in new[] { TabView.NotRead, TabView.None }
        from source in new[] { Sources[0], Sources[1], Sources[2], Sources[3] }
        from wasRefused in Both
        from several in Both
        select doubt with
        {
            Owner = owner,
            Tab = tab,
            SourceReadOnly = source,
            WasRefused = wasRefused,
            HasSeveralPossibleEnds = several,
        };

    private static IEnumerable<StandbyLink> Doubts()
    {
        var unknown = Link(LinkState.Unknown);
        return
        [
            unknown with
            {
                Unseen = Unseen.OlderJobs,
                Start = null,
            },
            unknown with
            {
                Unseen = Unseen.Anchor,
                Start = null,
            },
            unknown with
            {
                Unseen = Unseen.AwaitedJob,
                Start = null,
            },
            unknown with
            {
                Unseen = Unseen.StatusChange,
            },
            unknown with
            {
                Unseen = Unseen.Directive,
                Job = Unreadable,
            },
            unknown with
            {
                Unseen = Unseen.FailedEnd,
                FailedEnd = FailedStop,
                IsOwnFailedEnd = true,
            },
            unknown with
            {
                Unseen = Unseen.FailedEnd,
                FailedEnd = FailedPromotion,
                IsOwnFailedEnd = true,
            },
            unknown with
            {
                Unseen = Unseen.FailedEnd,
                FailedEnd = FailedPromotion,
            },
        ];
    }

    private static IEnumerable<Goal> Goals(Consent consent) =>
        [.. Linked(consent), .. Gone(consent), .. CutForReplacement(consent)];

    private static IEnumerable<Goal> Linked(Consent consent)
    {
        var host = Inputs with { Link = Inputs.Link with { Host = "10.9.9.9" } };
        return from declared in Declared(consent)
            from old in new[] { null, Inputs, Inputs with { Promoted = true }, host }
            from state in old is null ? [null] : States
            select new Goal.Linked(declared, old, state, Now);
    }

    private static IEnumerable<StandbyInputs> Declared(Consent consent) =>
        [
            Inputs with
            {
                Consent = consent,
            },
            Inputs with
            {
                Consent = consent,
                Link = Inputs.Link with { Password = Placeholder() },
            },
            Inputs with
            {
                Consent = consent,
                Promoted = true,
            },
            Inputs with
            {
                Consent = consent,
                Promoted = true,
                FenceSource = false,
            },
        ];

    private static IEnumerable<Goal> Gone(Consent consent) =>
        from promotes in Both
        from keepsFence in Both
        from state in States
        select new Goal.Gone(state, promotes, consent, Now) { KeepsFence = keepsFence };

    private static IEnumerable<Goal> CutForReplacement(Consent consent) =>
        from next in Declared(consent).Take(3).Prepend(null)
        from state in States
        select new Goal.CutForReplacement(state, next, consent, Now);

    private static Consent Meant(Given given) =>
        given switch
        {
            Given.TheEnd => new Consent(End.Id, null),
            Given.TheStart => new Consent(Start.Id, null),
            Given.TheFailedStart => new Consent(FailedStart.Id, null),
            Given.TheFailedEnd => new Consent(FailedStop.Id, null),
            Given.TheJobUnderWay => new Consent(UnderWay.Id, null),
            Given.AnotherJob => new Consent("j-another", null),
            Given.AnInstantBeforeTheStart => new Consent(null, Morning.AddHours(1)),
            Given.AnInstantBeforeTheEnd => new Consent(null, Morning.AddHours(3)),
            Given.AnInstantLongAfterTheEnd => new Consent(null, Morning.AddHours(6)),
            Given.AnInstantJustNow => new Consent(null, Now.AddMinutes(-5)),
            Given.AnInstantToCome => new Consent(null, Now.AddMinutes(5)),
            Given.SomethingNotKnownYet => Consent.NotKnownYet,
            _ => Consent.None,
        };

    /// <summary>A link that a start of this morning made; all jobs since an hour before it are seen.</summary>
    private static StandbyLink Link(LinkState state) =>
        new(state)
        {
            Source = Source.Of(Inputs.Link),
            Start = Start,
            Job = Start,
            Owner = Owner.Own,
            IsComplete = true,
            SeenBackTo = Morning,
        };

    private static RecordedLink State(LinkState state, string? anchor) =>
        new(state, Start.Id, Start.CreatedAt, Source.Of(Inputs.Link)) { Anchor = anchor };

    private static SourceReadOnly ReadOnly(bool isOn, bool isOurs, JobStatus status) =>
        new(true, new ReadOnlySetting(isOn, isOurs, End with { Id = "j-read-only", Status = status }));

    /// <summary>A source that another resource, too, has made read-only; or that one alone.</summary>
    private static SourceReadOnly Shared(bool isOurs)
    {
        var fence = ReadOnly(isOn: true, isOurs, JobStatus.Successful);
        return fence with { Setting = fence.Setting! with { IsShared = true, IsAnothersFence = !isOurs } };
    }

    private static Job Failed(string id, ServiceRequest request) =>
        NewJob(id, Morning.AddHours(5), request) with
        {
            Status = JobStatus.Failed,
        };

    private static Job NewJob(string id, DateTimeOffset at, ServiceRequest? request) =>
        new(id, JobKinds.CustomService, JobStatus.Successful, "", at, at, "", [Cluster], request);

    private static ServiceRequest Request(string service, string? syncWay = null) =>
        new(service, Cluster, "sh1a", syncWay is null ? null : Parameters(syncWay)) { Role = "maininstance" };

    private static LinkParameters Parameters(string syncWay) => Readings.Parameters with { SyncWay = syncWay };

    private static SecretText Placeholder() => new(StandbyInputs.UnreadablePassword);
}
