using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Histories.Playing;

namespace QingCloudMySqlStandby.Histories;

/// <summary>Each promise with histories that break it, and with legal ones beside them. The columns: the promises that
/// are broken, the history's name, its steps. The words <c>linked</c> and <c>switched</c> stand for <see cref="Linked"/>
/// and <see cref="Switched"/>.</summary>
public sealed class OracleTests
{
    private const string Linked = "up 1; #1 start a b; say overwrite replicating";
    private const string Switched = Linked + "; up 2 promoted; #2 fence b; #2 promote a; say promoted";

    private const string Histories = """
          | a first link | linked

        1 | a stop for no reason | linked; up 2; #2 stop a; say failed
          | a stop for another source | linked; up 2 source=c; #2 stop a; #2 start a c; say overwrite replicating
          | a stop for a password | linked; up 2 password=new; #2 stop a; #2 start a b increment; say replicating
        1 | a promotion for no reason | linked; up 2 unfenced; #2 promote a; say failed
          | a stop on deletion | linked; destroy 2; #2 stop a; say removed
        1 | a stop instead of a promotion | linked; destroy 2 onDelete=promote; #2 stop a; say removed
          | a promotion on deletion | linked; destroy 2 onDelete=promote; #2 promote a; say removed
        1 | a promotion instead of a stop | linked; destroy 2; #2 promote a; say removed
        1 | a deletion that leaves the link | linked; destroy 2; say removed
          | a deletion that leaves another's link | linked; console stop a; console start a b; destroy 2; say removed
          | a deletion after forgetting the link | linked; forget 2; destroy 3; say removed
          | a replacement | linked; replacement 2 cluster=d; #2 start d b; say overwrite; #2 stop a; say removed
        1 | a replacement that cuts first | linked; replacement 2 cluster=d; #2 stop a; #2 start d b; say overwrite
        1 | a replacement that leaves a link | linked; replacement 2 cluster=d; #2 start d b; say overwrite

        2 | a start of a linked cluster | linked; up 2; #2 submit a start_standby; say failed
        2 4 | a second start in a run | up 1; #1 start a b; platform end a Unexplained; #1 submit a start_standby; say overwrite failed
          | a start after one that failed | up 1; #1 starting a b; #1 fail a; #1 start a b; say overwrite replicating

        3 | a stop of another's link | console start a b; up 1 source=c; #1 stop a; say failed
        3 | a stop of another resource's link | up 1 resource=x; dev/x#1 start a b; up 1 source=c; #1 stop a; say failed
        3 | a consent by an instant | console start a b; up 1 source=c relinkAfter=2026-11-30T12:00:30Z; #1 stop a; say failed
          | a consent by the start job | console start a b; up 1 relinkAfter=j-1; #1 stop a; #1 start a b; say overwrite
          | a stop of an imported link | console start a b; import 1; say replicating; destroy 2; #2 stop a; say removed
        3 | a stop of a link that was not imported | console start a b; import 1; say refused; destroy 2; #2 stop a
        3 | a stop of the link after an imported one | console start a b; import 1; say replicating; console stop a; console start a b; destroy 2; #2 stop a; say removed
        3 | a link that a refresh saw | console start a b; refresh 1; say replicating; destroy 2; #2 stop a; say removed
        3 | another's link adopted | console start a b; up 1; say done replicating
          | another's link shown | console start a b; up 1; say replicating
          | another's link refused | console start a b; up 1; say refused
        3 | a stop without a link | linked; console stop a; destroy 2; #2 submit a stop_standby; say removed

        4 | a start after a promotion | linked; console promote a; up 2; #2 start a b; say overwrite
          | a consent by the job | linked; console promote a; up 2 relinkAfter=j-2; #2 start a b; say overwrite
        4 | a consent by an older job | linked; console promote a; up 2 relinkAfter=j-1; #2 start a b; say overwrite
          | a consent by an instant | linked; console promote a; up 2 relinkAfter=2026-11-30T12:03:30Z; #2 start a b; say overwrite
        4 | a consent by an instant before | linked; console promote a; up 2 relinkAfter=2026-11-30T12:02:30Z; #2 start a b; say overwrite
        4 | a consent from the future | linked; console promote a; up 2 relinkAfter=2026-11-30T13:00:00Z; #2 start a b; say overwrite
        4 | a start after a failed start | linked; console promote a; console starting a b; console fail a; up 2; #2 start a b; say overwrite
        4 | a start after a timer | linked; timer submit a StopClusters; timer ClusterStopped a; timer end a ClusterStopped; timer ClusterStarted a; up 2; #2 start a b; say overwrite
          | the timer's consent | linked; timer submit a StopClusters; timer ClusterStopped a; timer end a ClusterStopped; timer ClusterStarted a; up 2 relinkAfter=j-2; #2 start a b; say overwrite
        4 | a start after a deletion and a recovery | linked; console ClusterDeleted a; console end a ClusterDeleted; console ClusterRecovered a; up 2; #2 start a b; say overwrite
        4 | a start after an unexplained end | linked; platform end a Unexplained; up 2; #2 start a b; say overwrite
        4 | a start after an own deletion | linked; destroy 2; #2 stop a; say removed; up 3; #3 start a b; say overwrite
        4 | a start after an own promotion | switched; up 3; #3 start a b; say overwrite
        4 | a start in a deletion | up 1; say refused; destroy 2; #2 start a b; say overwrite failed
        4 | a start of what is declared promoted | up 1 promoted; #1 start a b; say overwrite failed
          | a restart within the hour | linked; up 2 source=c; #2 stop a; say interrupted; later 50; up 3 source=c; #3 start a c; say overwrite
        4 | a restart after the hour | linked; up 2 source=c; #2 stop a; say interrupted; later 70; up 3 source=c; #3 start a c; say overwrite
          | a restart that a state mentions | linked; up 2 source=c; #2 stop a; say failed; later 70; up 3 source=c; #3 start a c; say overwrite
          | a restart that a later state mentions | linked; up 2 source=c; #2 stop a; say interrupted; up 3 source=c; say failed; later 70; up 4 source=c; #4 start a c; say overwrite
        4 | a restart that a late state mentions | linked; up 2 source=c; #2 stop a; say interrupted; later 70; up 3 source=c; say refused; up 4 source=c; #4 start a c; say overwrite
        4 | a restart that is forgotten | linked; up 2 source=c; #2 stop a; say failed; destroy 3; say removed; later 70; up 4 source=c; #4 start a c; say overwrite
        4 | a restart after a stop by another | linked; up 2 source=c; #2 stop a; say failed; console submit a stop_standby; up 3 source=c; #3 start a c; say overwrite
        4 | a restart after accepting the end | linked; up 2 source=c; #2 stop a; say failed; up 3 promoted; say promoted; up 4 source=c; #4 start a c; say overwrite
        4 | a copy that is declared as increment | up 1 increment; #1 start a b; say overwrite
        4 | a copy for a password | linked; up 2 password=new; #2 stop a; #2 start a b; say overwrite
          | a copy of what it took over | linked; up 2 password=new relinkAfter=j-1; #2 stop a; #2 start a b; say overwrite
          | a copy after an increment | up 1 increment; #1 start a b increment; say replicating; up 2; #2 stop a; #2 start a b; say overwrite

        6 | a link that is not made | up 1; say stopped
          | an increment that it took over | console start a b increment; up 2 relinkAfter=j-1; say replicating
          | a link that is refused | up 1; say refused
          | a run that ends the old half alone | linked; console stop a; later 5; up 2; say replaced
          | a run in which the provider is not called | up 1
        6 | a link to another source | up 1; #1 start a c; say overwrite failed
        6 | a copy that is not made | up 1 increment; #1 start a b increment; say replicating; up 2; say replicating
        6 | a failure at rest | up 1 atRest; say failed
        6 | a promoted cluster that replicates | linked; up 2 promoted; say replicating
          | a result that another changes meanwhile | linked; up 2; console stop a; say replicating

        7 | a circle of two | console start b a; up 1; #1 start a b; say overwrite
        7 | a circle of three | console start b c; console start c a; up 1; #1 start a b; say overwrite
        7 | a circle of two pending starts | up 1 resource=x cluster=b source=a; up 1; dev/x#1 submit b start_standby; #1 submit a start_standby; dev/x#1 link b a j-1; #1 link a b j-2; say overwrite
          | a circle that another closes later | up 1; #1 submit a start_standby; console submit b start_standby; console link b a j-2; #1 link a b j-1; say overwrite
          | a chain of three | console start b c; up 1; #1 start a b; say overwrite
          | a circle that a promotion opened | console start b a; console promote b; up 1; #1 start a b; say overwrite

        8 | a copy without a word | up 1; #1 start a b; say replicating
        8 | replicating after an end | linked; console promote a; refresh 2; say replicating failover
        8 | stopped after a promotion | linked; console promote a; refresh 2; say stopped failover
        8 | promoted after a stop | linked; console stop a; refresh 2; say promoted failover
        8 | starting without a start | linked; console stop a; refresh 2; say starting failover
        8 | promoting without a switchover | linked; refresh 2; say promoting
        8 | starting, but replicating | linked; refresh 2; say starting
        8 | replicating with a fence | linked; up 2 promoted; #2 fence b; say interrupted; refresh 3; say replicating
        8 | gone, but there | linked; refresh 2; say gone
        8 | an old state after an own stop | linked; up 2 source=c; #2 stop a; #2 start a c; say overwrite stopped
        8 | a failover without a word | linked; console promote a; refresh 2; say promoted
          | a failover | linked; console promote a; refresh 2; say promoted failover
          | a failover that is accepted | linked; console stop a; up 2 promoted; say promoted; refresh 3 promoted; say promoted
          | unknown | linked; console promote a; refresh 2; say unknown
          | what another changes meanwhile | linked; refresh 2; console promote a; say replicating
          | a start that is under way | up 1; #1 starting a b; say overwrite starting failed
          | a fence that a killed run left | linked; up 2 promoted; #2 fence b; say interrupted; refresh 3; say promoting
          | gone | linked; console ClusterDeleted a; console end a ClusterDeleted; refresh 2; say gone

          | a switchover | switched; application Write a; up 3 promoted; say promoted
        9 | a promotion without a fence | linked; up 2 promoted; #2 promote a; console fence b; say promoted
          | a promotion that declares no fence | linked; up 2 promoted unfenced; #2 promote a; application Write b; say promoted
        9 | a second fence | linked; up 2 promoted; #2 fence b; #2 submit b set_readonly; #2 promote a; say promoted
          | a fence that is set again | linked; up 2 promoted; #2 fence b; say interrupted; up 3 promoted; #3 submit b set_readonly; #3 promote a; say promoted
          | a fence that is resumed | linked; up 2 promoted; #2 fence b; say interrupted; up 3 promoted; #3 promote a; say promoted
        9 | a fence that is left | linked; up 2 promoted; #2 fence b; say failed
          | a fence that is lifted | linked; up 2 promoted; #2 fence b; #2 submit a promote_standby; #2 lift b; say failed
        9 | a fence that no program asks for | linked; up 2; #2 fence b; #2 lift b; say replicating
        9 | another's fence lifted | linked; console fence b; up 2 promoted; #2 lift b; say failed
          | another's fence used | linked; console fence b; up 2 promoted; #2 promote a; say promoted
        9 | a fence lifted after another's promotion | linked; up 2 promoted; #2 fence b; console promote a; #2 lift b; say failed
        9 | a promoted cluster that is still read-only | linked; console fence a; up 2 promoted; #2 fence b; #2 promote a; say promoted
          | a promoted cluster made writable | linked; console fence a; up 2 promoted; #2 fence b; #2 promote a; #2 lift a; say promoted
        9 | an old source made writable | linked; up 2 promoted; #2 fence b; #2 promote a; #2 lift b; say promoted
        9 | a write to the old source | switched; application Write b
          | a write after another's lift | switched; console lift b; application Write b
          | a fence that another's stop left | linked; up 2 promoted; #2 fence b; console stop a; up 3 promoted; say promoted
          | a replacement after a switchover of what it took over | linked; console start d b; up 2 cluster=d promoted relinkAfter=j-2; #2 fence b; #2 promote d; #2 stop a; say promoted
        9 | a deletion with the fence on | linked; up 2 promoted; #2 fence b; say interrupted; destroy 3; #3 stop a; #3 lift b; say removed
        9 | a deletion after a rename with the fence in the state | linked; up 2 promoted; #2 fence b; say interrupted; refresh 3; say promoting; destroy 4 urn=y; #4 stop a; #4 lift b; say removed
          | a deletion after another's fence | linked; up 2 promoted; #2 fence b; say interrupted; console submit b set_readonly; destroy 3; #3 stop a; say removed
          | a fence that is on after another's stop | linked; up 2 promoted; #2 submit b set_readonly; console end a StopStandby; #2 ReadOnlyOn b; say cancelled; up 3 promoted; say promoted
          | a run that is skipped | linked; up 2 promoted; #2 fence b; say interrupted; destroy 3; say skipped
          | a deletion after the fence | linked; up 2 promoted; #2 fence b; say interrupted; destroy 3; #3 lift b; #3 stop a; say removed

        10 | a preview that acts | preview 1; #1 submit a start_standby
        10 | a refresh that acts | linked; refresh 2; #2 submit b set_readonly; say replicating
        """;

    public static TheoryData<string> Lines =>
        [.. Histories.Split('\n').Where(line => line.Contains('|', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_history_is_judged(string line)
    {
        var columns = line.Split('|', StringSplitOptions.TrimEntries);
        var limits = new KnownLimits();
        var violations = Tell(columns[2]).Judge(limits);
        var broken = violations.Select(each => each.Promise).Distinct().Order();
        Assert.True(columns[0] == string.Join(' ', broken), string.Join('\n', violations));
        Assert.Empty(limits.Uses);
    }

    [Theory]
    [InlineData("fence stuck", "linked; up 2 promoted; #2 fence b; say failed fence-left")]
    [InlineData("never saved", "up 1; #1 start a b; say interrupted; up 2 cluster=d; #2 start d b; say overwrite")]
    [InlineData(
        "raced",
        "up 1 resource=x cluster=b source=a provider=p; dev/x#1 start b a; later -3; up 1; #1 start a b; say overwrite"
    )]
    [InlineData(
        "renamed unfinished switchover",
        "linked; up 2 promoted; #2 fence b; say interrupted; destroy 3 urn=y; say replicating; #3 stop a; say removed"
    )]
    [InlineData("kept link", "linked; platform ClusterSuspended a; refresh 2; say stopped")]
    [InlineData("raced", "linked; destroy 2; console stop a; later -2; #2 submit a stop_standby; say removed")]
    [InlineData("not shown", "linked; hidden promote a; refresh 2; say replicating")]
    [InlineData("not shown", "linked; hidden promote a; up 2 source=c; #2 start a c; say overwrite")]
    [InlineData("not shown", "linked; half-hidden promote a; refresh 2; say stopped failover")]
    public void What_cannot_be_kept_is_excused_and_counted(string limit, string words)
    {
        var limits = new KnownLimits(Show);
        Assert.Empty(Tell(words).Judge(limits));
        Assert.Equal([limit], limits.Uses.Select(use => use.Name).Distinct());
    }

    [Theory]
    [InlineData(4, "linked; half-hidden promote a; up 2; #2 start a b; say overwrite")]
    [InlineData(2, "linked; platform ClusterSuspended a; up 2; #2 submit a start_standby; say failed")]
    [InlineData(3, "linked; hidden promote a; console start a b; up 2; #2 stop a; say failed")]
    public void What_is_shown_is_not_excused(int promise, string words) =>
        Assert.Contains(
            Tell(words).Judge(new KnownLimits(Show, hasTabs: true)),
            violation => violation.Promise == promise
        );

    [Fact]
    public void A_run_that_nobody_started_is_a_mistake_of_the_test() =>
        Assert.Throws<InvalidOperationException>(() => Tell("#1 start a b").Judge(new KnownLimits()));

    [Fact]
    public void A_statement_of_another_kind_is_a_mistake_of_the_test() =>
        Assert.Throws<ArgumentException>(() => Tell("up 1; say hello").Judge(new KnownLimits()));

    [Theory]
    [InlineData("it is Passwd@ \"1")]
    [InlineData("p=PASSWD%40%20%221&q=1")]
    [InlineData("p=Passwd%40+%221&q=1")]
    [InlineData("""{"p":"Passwd@ \"1"}""")]
    [InlineData("""{"p":"Passwd@ \u00221"}""")]
    [InlineData("UGFzc3dkQCAiMQ==")]
    public void A_secret_is_found(string output) => Assert.True(Secrets.AppearIn(output, ["s-0123", "Passwd@ \"1"]));

    [Fact]
    public void A_mask_is_no_secret() => Assert.False(Secrets.AppearIn("p=Pa****", ["Passwd@ \"1"]));

    private static Story Tell(string words) =>
        new(
            words
                .Replace("linked", Linked, StringComparison.Ordinal)
                .Replace("switched", Switched, StringComparison.Ordinal)
        );

    private static WorldEvent? Show(WorldEvent past, DateTimeOffset at, DateTimeOffset since) =>
        past.Caller switch
        {
            "hidden" => null,
            "half-hidden" => past with { JobId = null, Cause = null },
            _ => past,
        };
}
