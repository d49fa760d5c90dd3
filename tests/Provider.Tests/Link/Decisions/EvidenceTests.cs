using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.QingCloud;
using Xunit;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Compares what is read from jobs and tab with every way in which the cluster may stand: evidence shows only
/// what is true in all of them.</summary>
public sealed class EvidenceTests
{
    private const string Cluster = "cl-standby";
    private const string Anchor = "j-anchor";

    private static readonly ResourceIdentity Self = ResourceIdentity.Of("urn:pulumi:a::p::t::one");
    private static readonly ResourceIdentity Another = ResourceIdentity.Of("urn:pulumi:b::p::t::one");

    private static readonly (string Claim, Func<Seen, bool> Holds)[] Claims =
    [
        ("a link is shown only where there is one", ShowsTrueLinks),
        ("an end is shown only where there is no link", ShowsTrueEnds),
        ("an end is by a job that may have made it", NamesPossibleEnd),
        ("a cluster that was never linked is shown only as such", ShowsTrueBeginnings),
        ("what is certain is not unknown", KnowsWhatIsCertain),
        ("a link is own only where its start is", OwnsOwnLinks),
        ("several possible ends are shown", ShowsSeveralEnds),
        ("only an own stop before a start is followed by it", PermitsOwnRestarts),
        ("only an own promotion is one", KnowsOwnPromotions),
    ];

    [Fact]
    public void What_is_read_is_true_however_the_cluster_stands()
    {
        var cases = 0;
        var broken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seen in Everything())
        {
            cases++;
            foreach (var (claim, holds) in Claims)
            {
                if (!holds(seen))
                    broken.TryAdd(claim, seen.ToString());
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken.Select(each => $"{each.Key}: {each.Value}\n")));
        Assert.InRange(cases, 50_000, int.MaxValue);
    }

    /// <summary>How far back the jobs were read, and what the state says.</summary>
    private enum Reading
    {
        ToCreation,
        ToAnchor,
        InPart,
        WithoutAnchor,
    }

    private static IEnumerable<Seen> Everything() =>
        from reading in Enum.GetValues<Reading>()
        from jobs in Sequences(3)
        from tab in Enum.GetValues<TabView>()
        select See(reading, jobs, tab);

    private static IEnumerable<IReadOnlyList<ListedJob>> Sequences(int longest)
    {
        IEnumerable<IReadOnlyList<ListedJob>> shorter =
        [
            [],
        ];
        IEnumerable<IReadOnlyList<ListedJob>> all = shorter;
        for (var length = 1; length <= longest; length++)
        {
            shorter = [.. shorter.SelectMany(jobs => Next(jobs.Count).Select(job => jobs.Append(job).ToList()))];
            all = all.Concat(shorter);
        }

        return all;
    }

    private static IEnumerable<ListedJob> Next(int index) =>
        from letter in "SsXxPpCcU"
        from isOwn in new[] { true, false }
        where !isOwn || "SsXxPp".Contains(letter, StringComparison.Ordinal)
        select new ListedJob($"j-{index}", letter, isOwn);

    private static Seen See(Reading reading, IReadOnlyList<ListedJob> listed, TabView tab)
    {
        var isKnown = reading is Reading.ToAnchor or Reading.WithoutAnchor;
        var recorded = isKnown
            ? new RecordedLink(LinkState.Replicating, Anchor, Readings.Morning, Source.Of(Readings.Parameters))
            {
                Anchor = Anchor,
            }
            : null;
        var anchor = reading == Reading.ToAnchor ? new[] { new ListedJob(Anchor, 'S', IsOwn: true) } : [];
        var all = anchor.Concat(listed).ToList();
        var jobs = all.Select((job, index) => NewJob(job, Readings.Morning.AddHours(index))).Reverse().ToList();
        var reach = reading switch
        {
            Reading.ToCreation => HistoryReach.Creation,
            Reading.ToAnchor => HistoryReach.Anchor,
            _ => HistoryReach.Incomplete,
        };
        var evidence = new LinkEvidence(
            new JobHistory(jobs, reach) { Oldest = Readings.Morning },
            tab,
            tab == TabView.Link ? Source.Of(Readings.Parameters) : null,
            recorded,
            new Attributions(Self, null, jobs)
        )
        {
            Now = Readings.Morning.AddHours(all.Count).AddMinutes(-30),
            IsTabLabelled = tab == TabView.Link,
        };
        var worlds = all.Aggregate(
            Beginning(reading),
            (known, job) => [.. known.SelectMany(w => w.After(job)).Distinct()]
        );
        var left = tab switch
        {
            TabView.Link => worlds.Where(world => world.IsLinked),
            TabView.NoLink => worlds.Where(world => !world.IsLinked),
            _ => worlds,
        };
        return new Seen(reading, all, tab, [.. left], evidence.Read());
    }

    private static World[] Beginning(Reading reading) =>
        reading switch
        {
            Reading.ToCreation or Reading.ToAnchor => [World.Never],
            Reading.InPart => [World.Never, World.LinkedBefore, World.EndedBefore],
            _ => [World.LinkedBefore, World.EndedBefore],
        };

    private static Job NewJob(ListedJob job, DateTimeOffset at)
    {
        var action = char.ToUpperInvariant(job.Letter) == 'C' ? JobKinds.StopClusters : JobKinds.CustomService;
        var request = job.Service is { } service
            ? new ServiceRequest(service, Cluster, "sh1a", service == "start_standby" ? Readings.Parameters : null)
            {
                Sender = new Sender(RequestIdOf(job), null, null, Sender.Api),
            }
            : null;
        return new Job(job.Id, action, job.Status, "", at, at.AddMinutes(1), "", [Cluster], request);
    }

    private static string RequestIdOf(ListedJob job)
    {
        var purpose = char.ToUpperInvariant(job.Letter) switch
        {
            'S' => Purpose.Start,
            'X' => Purpose.StopToStart,
            _ => Purpose.Promote,
        };
        return new RequestId(job.IsOwn ? Self : Another, purpose).ForOneCall(new Random(1));
    }

    /// <summary>The tab counts, whatever the jobs show.</summary>
    private static bool ShowsTrueLinks(Seen seen) =>
        seen.Link.State != LinkState.Replicating
        || seen.Tab == TabView.Link
        || seen.Worlds.All(world => world.IsLinked);

    /// <summary>A start that failed since is shown beside the end.</summary>
    private static bool ShowsTrueEnds(Seen seen) =>
        !seen.Link.HasEnded || seen.Link.FailedStart is not null || !seen.Worlds.Any(world => world.IsLinked);

    private static bool NamesPossibleEnd(Seen seen)
    {
        if (seen.Link.End is not { } end)
            return !seen.Link.HasEnded;

        // Where no world is left, something happened that no job shows. A job that cannot be read may have been anything.
        var isUnreadable = seen.Jobs.Any(job => job.Id == end.Job?.Id && job.Letter == 'U');
        var mayHaveEnded = isUnreadable || seen.Worlds.Any(world => world.End == end.Job?.Id);
        var didNothing = seen.Worlds.Any(world => world is { IsLinked: false, End: null });
        return mayHaveEnded || didNothing || seen.Worlds.Count == 0 || IsAfterOwnStop(seen, end);
    }

    /// <summary>After an own stop before a start a later end counts: it says that the standby is wanted for something
    /// else.</summary>
    private static bool IsAfterOwnStop(Seen seen, LinkEnd end) =>
        seen.Jobs.TakeWhile(job => job.Id != end.Job?.Id).Any(job => job is { Letter: 'X', IsOwn: true });

    private static bool ShowsTrueBeginnings(Seen seen) =>
        seen.Link.State != LinkState.None
        || seen.Worlds.All(world => world.IsLinked ? seen.Link.FailedStart is not null : !world.WasLinked);

    private static bool KnowsWhatIsCertain(Seen seen) =>
        seen.Link.State != LinkState.Unknown
        || seen.Worlds.Select(world => (world.IsLinked, world.WasLinked)).Distinct().Count() > 1;

    private static bool OwnsOwnLinks(Seen seen)
    {
        if (seen.Link is not { State: LinkState.Replicating, Owner: Owner.Own })
            return true;

        // The state knows the link whose start is not listed.
        var starts = seen.Worlds.Select(world => world.Start).Distinct().ToList();
        return starts.Exists(start =>
            start is null ? seen.Reading == Reading.WithoutAnchor : seen.Jobs.Any(job => job.Id == start && job.IsOwn)
        );
    }

    private static bool ShowsSeveralEnds(Seen seen)
    {
        var ends = seen.Worlds.Select(world => world.End).OfType<string>().Distinct();
        var byOthers = ends.Count(end => seen.Jobs.Any(job => job.Id == end && !job.IsOwn));
        return byOthers < 2
            || seen.Link.State is LinkState.Replicating or LinkState.None
            || seen.Link.HasSeveralPossibleEnds;
    }

    private static bool PermitsOwnRestarts(Seen seen) =>
        seen.Link.End is not { IsPendingRestart: true } end
        || seen.Jobs.Any(job => job.Id == end.Job?.Id && job is { IsOwn: true, Letter: 'X' or 'x' });

    private static bool KnowsOwnPromotions(Seen seen) =>
        seen.Link.End is not { } end
        || end.IsOwnPromotion
            == seen.Jobs.Any(job => job.Id == end.Job?.Id && job is { IsOwn: true, Letter: 'P' or 'p' });

    /// <summary>What was there, how the cluster may stand, and what was read.</summary>
    private sealed record Seen(
        Reading Reading,
        IReadOnlyList<ListedJob> Jobs,
        TabView Tab,
        IReadOnlyList<World> Worlds,
        StandbyLink Link
    )
    {
        public override string ToString() =>
            $"jobs {string.Join(' ', Jobs)}, read {Reading}, tab {Tab}: {Link.State}, {Link.Unseen}, {Link.Owner}, end "
            + $"{Link.End?.Job?.Id} {Link.End?.IsPendingRestart}, several {Link.HasSeveralPossibleEnds}\n  "
            + string.Join("\n  ", Worlds);
    }
}
