using QingCloudMySqlStandby.Histories.Playing;
using QingCloudMySqlStandby.Histories.Scripts;

namespace QingCloudMySqlStandby.Histories;

/// <summary>Histories in the notation of <see cref="Script"/>: what random ones shrank to when they broke a promise. No
/// provider may break one again. A line with <c>#</c> says what the lines below are about.</summary>
public sealed class KnownHistories
{
    private const string Scripts = """
        # Nothing goes wrong
        set x; up; up; refresh; preview; destroy; up
        set x; up; set x promoted=true; up; set x promoted=false relink=last; up
        set x; up; console promote A; wait 1m; refresh; up; set x promoted=true; up
        set x; up; rename x y; up; set y cluster=B; up
        # A failover survives every mode
        set x; fault job=successful,vanishes=3m,service=start_standby; up; fault job=failed,effect=true,service=promote_standby; rename x y; console promote A; up
        set x; up; console stop A; state taint x; up; up replace=x; set x deleteFirst=true trigger=1; up
        # A link leaves no state while it runs
        set x; up; set x deleteFirst=true limit=1s; state taint x; up; destroy
        set x; up; rename x y; set y source=T; up goes-on=true; up
        set x; up; rename x y; set y provider=p; up; up
        set x; up; set x retain=true; destroy program=true
        set x deleteFirst=true; set y cluster=B; up; state taint x; console delete A; up; console suspend A; up; rename y x
        knobs Echo=None; set x; set y cluster=B; up; console change A S; set x promoted=true; rename x y
        set x; takes start_standby 40m; fault job=successful,vanishes=3m,service=start_standby; up; destroy; up
        set x; set y cluster=B; up; set x retain=true; destroy program=true; rename y x
        set x; set y; up; fault job=successful,duration=30h,service=promote_standby; set x promoted=true retain=true; up; rename y x; destroy
        knobs Echo=None; set x; up; set x retain=true; up replace=x; drop x
        # A link has one resource
        set x; up; stack prod; set x; up; destroy; stack dev; up
        set x provider=p; set y provider=q; up; up; destroy
        set x password=2; set y cluster=B; up; set x deleteFirst=true; rename x y; set x provider=p
        set x limit=1s provider=p; set y host=2; up; import x A
        set x; up; fault job=done-with-failure,codes=4712,service=start_standby; fault job=failed,effect=true,service=stop_standby; destroy; console start A S
        # A restart is finished
        set x; up; takes stop_standby 10m; set x source=T; up cancel=1m; up; up
        set x; up; set x password=2; up kill=9-after; up
        set x; up; set x host=2; up; up
        set x; up; set x source=T; fault job=done-with-failure,codes=4712,service=start_standby; up; set x promoted=true; console resume A
        set x; up; wait 173m; fault job=done-with-failure,codes=4712,service=start_standby; fault job=failed,effect=true,service=stop_standby; set x host=2; up
        # Without directives nothing is started twice
        knobs Echo=None; set x; up kill-plugin=7-after; up
        knobs Echo=None; set x; up; state taint x; up
        knobs Echo=None; set x; up; fault job=failed,effect=true,service=start_standby; set x user=2; up
        knobs Echo=None; set x; up; set x host=3; up kill=6-before
        knobs Echo=WithoutSender; set x provider=p; rename x y; set x host=2; up
        knobs Echo=WithoutRequestId; set x; up; set x password=3; up cancel=3s; state taint x
        knobs Echo=WithoutRequestId; set x; up; fault silent,when=after,action=RunClusterCustomService; set x user=3; up cancel=7s
        knobs Echo=None; set x; up; console promote A; set x password=2; rename x y alias=true
        knobs Echo=None; set x; up; fault job=failed,effect=true,service=stop_standby; destroy; console suspend A
        knobs Echo=None; set x; set y promoted=true source=T; up; up replace=x kill-plugin=5-before; rename y x
        knobs Echo=None; set x; set y cluster=B; up; state taint y; up; console change A S; set x promoted=true; rename x y
        knobs Echo=None; fault silent,when=after,action=RunClusterCustomService; set x; console stop A later=14s; up
        knobs Echo=None; set x; takes start_standby 3m; up kill=8-before; set x relink=last; up
        knobs Echo=None; set x; up; fault cut,when=before,action=RunClusterCustomService; set x host=3; console promote A later=3380ms; fault cut,when=before,action=RunClusterCustomService; up
        knobs Echo=WithoutSender; set x; up; fault job=successful,hidden=20s,service=stop_standby; set x user=2; up cancel=2s; refresh; wait 207s
        # A lost answer starts nothing twice
        set x; fault cut,when=after,action=RunClusterCustomService; up
        set x; fault http=502,when=after,action=RunClusterCustomService; up
        set x; fault ret=5000,when=after,action=RunClusterCustomService; up
        set x; fault ret=5100,when=after,action=RunClusterCustomService; fault skew=90s; up
        set x; fault garbage,action=RunClusterCustomService; up
        set x; fault truncated,action=RunClusterCustomService; up
        set x; fault silent,when=after,action=RunClusterCustomService; up
        set x; fault silent,when=before,action=RunClusterCustomService; up
        set x; fault cut,when=after,action=RunClusterCustomService; fault job=successful,hidden=20s,service=start_standby; up
        # A lost answer is not taken for an older job
        set x; fault skew=-50s; up; destroy; fault cut,when=before,action=RunClusterCustomService; up
        # What was not done is done again
        set x; fault try-later,times=4,action=RunClusterCustomService; up
        set x; fault ret=5300,times=4,action=RunClusterCustomService; up
        set x; fault ret=1300,times=2,action=RunClusterCustomService; up
        set x; fault rate-limit,times=4; up
        set x; fault skew=-90s; up
        # A submission is given up where another user acted first
        set x; up; takes start_standby 10m; fault try-later,service=stop_standby; console change A T later=500ms; destroy
        set x; up; set x host=2; takes start_standby 20m; fault try-later,times=2,service=stop_standby; console change A T later=500ms; up
        set x; up; set x password=2; fault http=502,when=before,action=RunClusterCustomService,times=4; console stop A later=5099ms; up
        # A failed job ends the wait and the next run goes on
        set x; fault job=failed,codes=4711,service=start_standby; up; up
        set x; fault job=done-with-failure,codes=4712,service=start_standby; up; up
        set x; up; fault job=failed,codes=4711,service=stop_standby; destroy; destroy
        set x; up; set x host=2; fault job=failed,codes=4711,service=start_standby; up; up
        set x; up; set x promoted=true; fault job=failed,codes=4711,service=promote_standby; up; up
        # What a failed job did anyway is read
        set x; fault job=failed,effect=true,service=start_standby; up
        set x; up; fault job=failed,effect=true,service=stop_standby; destroy
        set x; up; fault job=failed,effect=true,service=stop_standby; set x host=2; up
        set x; up; fault job=failed,effect=true,service=promote_standby; set x promoted=true; up
        set x; up; fault job=failed,effect=true,service=stop_standby; destroy; fault job=done-with-failure,codes=4712,service=start_standby; up
        set x; fault job=failed,effect=true,service=stop_standby; up; destroy; fault job=failed,effect=true,service=start_standby; up
        set x; up; destroy; fault job=failed,effect=true,service=start_standby; up; console promote A later=3673ms; fault job=failed,codes=4711,service=promote_standby
        # The next run continues an interrupted one
        set x; takes start_standby 8h; up cancel=10m; up; up
        set x; takes start_standby 8h; up; up
        set x; up; takes stop_standby 40m; set x host=2; up cancel=10m; wait 2h; up
        set x; up; takes promote_standby 40m; set x promoted=true; up cancel=10m; up
        set x; up; takes stop_standby 40m; destroy cancel=10m; destroy
        set x; up; set x host=3; fault silent,when=after,action=RunClusterCustomService,skip=1; up cancel=6s
        # The next run continues a killed one
        set x; takes start_standby 2h; up kill=3-before; up
        set x; takes start_standby 2h; up kill=3-after; up
        set x; takes start_standby 2h; up kill=5-after; up
        set x; up; set x source=T; up kill=3-after; up
        set x; up; set x cluster=B; up kill=5-after; up
        set x; up; set x host=2; up kill=3-after; up
        set x; up; destroy kill=3-after; up
        # A link that is replaced with itself stays
        set x; up; up replace=x
        set x; up; console stop A; wait 1h; up replace=x
        set x; up; set x cluster=B; fault job=failed,codes=4711,service=stop_standby; up; set x cluster=A; up
        # Another user's link is left alone
        console start A T; wait 1m; set x; preview; up
        set x; up; console change A T; wait 1h; destroy
        set x source=T; set y cluster=B; up; console change A S; rename y x
        set x; set y cluster=B; up; rename y x; console change A T; up; rename x y
        set y; up; console change A T; wait 288m; import x A; drop y; up
        set x source=T; up; console promote A; rename x y; set x; console start A S later=7234ms; up; refresh
        set x source=T; up; console promote A; wait 1m; refresh; set x source=S promoted=true; console start A S; wait 1m; up
        set x; set y cluster=B; fault job=successful,vanishes=3m,service=start_standby; takes start_standby 3m; up; rename x y
        set x cluster=B; up; console start B S later=2606ms; set x password=3; fault job=failed,effect=true,service=stop_standby; up
        set x; up; console start A T later=2685ms; set x password=3; up replace=x cancel=10m; drop x; wait 450m
        set x; fault silent,when=before,action=DescribeJobs,skip=3; set y provider=q; up
        # A cluster that is suspended or deleted is reported
        set x; up; console suspend A; wait 1m; up; refresh; console resume A; wait 1m; up
        set x; up; console delete A; fault http=502,when=before,times=4,skip=1; refresh
        set x; up; console delete A; wait 1m; set x cluster=B; up
        # A look that fails is taken again
        set x; fault http=502,when=before,times=4,action=DescribeJobs; up
        set x; fault garbage,times=4,action=DescribeJobs; up
        set x; fault slow=45s,times=2,action=DescribeJobs; up
        set x; fault cut,times=4,action=DescribeJobs; up
        set x; fault huge; fault deep; fault redirect=http://127.0.0.2/; up
        set x; fault redirect-loop; up
        set x; up; fault huge,times=4; refresh; fault silent,times=4; refresh
        set x; takes start_standby 2h; fault job=successful,vanishes=3m,service=start_standby; up; up
        console stop A later=237m; fault job=successful,vanishes=3m,service=start_standby; fault job=failed,codes=4711,service=stop_standby; set y; set x; up; drop x
        knobs Echo=WithoutRequestId; set x; up; fault job=successful,hidden=20s,service=start_standby; fault silent,when=after,times=2; console change A T; rename x y; up; refresh
        # The oldest end that is not its own is what consent is asked for
        set x; up; set x password=2; state taint x; console delete A later=3396ms; up goes-on=true
        set x; up; set x password=2; fault job=failed,effect=true,service=stop_standby; up replace=x
        # A cluster that is deleted meanwhile
        knobs JobsListedAfter=60s; set x; up; console delete A; destroy
        # An imported link stays as it is
        knobs Echo=None; set x; up; state taint x
        knobs Echo=WithoutSender; set x; up; set x password=2; up; state delete x
        set x; up; set x host=2 import=short; rename x y alias=true
        # An end that was accepted stays accepted
        set x; up; state taint x; platform cut A
        set y cluster=B; up; set x cluster=B; platform cut B
        knobs JobsListedAfter=60s UnlistedJobsById=True; set x; up; state taint x; set x promoted=true
        set x; up; set x promoted=true; fault job=successful,vanishes=3m,service=promote_standby; up; destroy
        # A suspended or deleted cluster that keeps its link
        knobs SuspendEndsLink=False; set x; up; console suspend A
        knobs SuspendEndsLink=False; set x; up; timer suspend A
        knobs DeleteEndsLink=False; set x; up; console delete A
        # A deletion that nothing shows names the way out
        knobs StandbyTab=OnlyWhenLinked StopWithoutLink=JobFails; set x; up; drop x; fault job=done-with-failure,effect=true,service=stop_standby; up
        knobs JobsListedFor=1m StopWithoutLink=JobFails; set x promoted=true relink=now; up; destroy
        # A link whose start vanished from the jobs
        set x; fault job=successful,vanishes=3m,service=start_standby; up kill=6-after
        set x; fault job=successful,vanishes=3m,service=start_standby; up; state rename x y
        # A link that was taken over is compared with the program
        knobs StandbyTab=Refused; set x; fault job=done-with-failure,effect=true,service=start_standby; console start A B
        # A promotion or stop of a cluster that was never linked
        knobs StopWithoutLink=JobFails; console stop A; set x relink=last; up cancel=2799ms
        set x; up; destroy; console stop-cluster A; import y A
        # The tab shows that an unlisted stop came before
        knobs JobOwners=CallersKey; set x; console stop A later=7582ms; script start A B key=own
        # A replacement that deletes first under a former name
        set x; up; set x deleteFirst=true; rename x y alias=true; state taint x
        # A link that the tab alone shows may be another's
        knobs JobsListedFor=604800s; set x; up; console change A E; wait 192h; up refresh=true
        knobs JobsListedFor=1m; set x relink=now; up; console change A S; wait 10m; up refresh=true
        # The fence of a completed switchover stays
        set x; up; set x promoted=true; up; set x cluster=B
        set x; set y cluster=B; up; set x promoted=true; set x cluster=B
        # A switchover that is retried while its promotion is under way
        set x; up; fault job=successful,duration=30h,service=promote_standby; set x promoted=true; set x retries=1; up
        # A promotion shows whatever came after
        set x; up; set x promoted=true; up; console delete A; refresh
        # A fence that takes effect after another has ended the link stays
        set x; up; takes set_readonly 10m; set x promoted=true; up cancel=1m; console delete A
        set x; up; fault job=successful,duration=30h,service=set_readonly; set x promoted=true; up; console suspend A
        set x; up; set x promoted=true; up cancel=1805ms; console stop A; up
        set x; up; takes set_readonly 1h; set x promoted=true; up; script promote A
        # A fence belongs to whom its job names
        set x; up; takes set_readonly 1h; set x promoted=true; up; wait 1h; rename x y; up
        set x; up; set x promoted=true; up; rename x y alias=true; up; set x
        set x; up; set x promoted=true; up; set x promoted=false; state rename x y
        set x; up; set x promoted=true; up kill=16-before; set x cluster=B; state rename x y
        # A read-only that another has set meanwhile stays
        set x; up; set x promoted=true; up kill=15-after; set x promoted=false; up; console read-only S; destroy
        set x; up; set x promoted=true; up kill-plugin=16-after; console read-only S; up
        set x; up; takes promote_standby 1h; set x promoted=true; up; console writable S
        set x; up; set x promoted=true; up; write S every=5s; set x promoted=false relink=last; up
        # A source that is lost cannot be promoted from
        knobs PromotionNeedsSource=True; set x promoted=true; console start A E
        # Whatever follows a switchover that was killed or cancelled lifts its fence first
        set x deleteFirst=true; up; set x promoted=true; up kill=16-before; set x cluster=B
        set x; up; set x promoted=true; up kill=16-after; set x source=B; up
        set x source=T; up; set x promoted=true; up kill=16-before; set x source=S; up
        set x; up; set x promoted=true; up kill-plugin=15-after; set x source=T
        set x; up; set x promoted=true; up kill-plugin=15-after; set x cluster=B; set y
        set x; up; fault job=successful,duration=30h,service=set_readonly; set x promoted=true; up; set x cluster=B
        knobs JobsListedAfter=60s; set x; up; set x promoted=true; up cancel=5340ms; drop x; up
        knobs JobsListedAfter=60s; set x; up; set x promoted=true; up cancel=846ms; destroy
        knobs JobsListedAfter=60s; set x; up; set x promoted=true; up kill=15-after; drop x; up
        # A lift or a promotion that is not listed yet has been submitted
        knobs JobsListedAfter=60s; set x; up; set x limit=1m promoted=true; up; up
        knobs JobsListedAfter=2s; set x; up; set x promoted=true; up cancel=5698ms; set x promoted=false; up
        knobs JobsListedAfter=2s; set x; up; set x promoted=true; up cancel=5223ms; drop x; up
        # What is submitted again is decided again
        set x; up; fault ret=5000,when=before,action=RunClusterCustomService,skip=1; set x promoted=true; up kill=16-before; console promote A later=5983ms; set x promoted=false; up refresh=true
        set x; up; fault truncated,action=RunClusterCustomService; console promote A later=3242ms; fault skew=50s; set x promoted=true; up
        # The cluster that was promoted accepts writes
        knobs Echo=WithoutRequestId; set x; up; console read-only A; wait 1m; set x promoted=true; up cancel=5346ms; up
        knobs StandbyTab=Refused; set x; up; console read-only A; fault job=done-with-failure,effect=true,service=promote_standby; set x promoted=true; up
        # A switchover that failed stays in the state
        knobs Echo=WithoutRequestId; set x limit=1s; up; set x promoted=true; up; up; lag A 1m; write T later=1m
        set x; up; set x promoted=true; up kill-plugin=16-after; set x import=short; up
        knobs StandbyTab=Unreadable; set x; up; set x promoted=true; platform cut A
        set x; up; set x promoted=true; up cancel=3381ms; console change A T
        set x; up; set x promoted=true; up cancel=3038ms; platform stop-cluster S; destroy
        set x onDelete=promote; up; set x promoted=true; up cancel=1817ms; destroy
        # A refresh says what it could not see
        set x; up; set x promoted=true; up kill=16-before; fault http=404,when=before,action=DescribeJobs,skip=1; up refresh=true
        knobs StandbyTab=Refused; set x; up; fault job=done-with-failure,effect=true,service=stop_standby; console stop A; set x get=true; up; up refresh=true
        # A cluster that was never linked is promoted
        knobs PromoteWithoutLink=JobFails; set x get=true; console promote A
        knobs PromoteWithoutLink=JobSucceeds; console promote A; wait 1m; import x A
        # What a start did that failed is not known while another user's operation is under way, or without a tab
        set x; up; fault job=failed,effect=true,service=start_standby; set x password=2; up; console change A B; up
        knobs StandbyTab=Absent; set x; up; set x promoted=true; up; fault job=failed,effect=true,service=start_standby; console start A S
        # A promotion that failed may have taken effect
        knobs JobsListedAfter=60s StandbyTab=OnlyWhenLinked UnlistedJobsById=True; set x; up; fault job=failed,effect=true,service=promote_standby; set x promoted=true; up
        knobs StandbyTab=Unreadable; set x; up; fault job=done-with-failure,effect=true,service=promote_standby; set x promoted=true; up
        # A switchover that was interrupted is seen
        set x; up; set x promoted=true; up cancel=1224ms; set x promoted=false; up cancel=613ms; up
        """;

    public static TheoryData<string> Lines =>
        [.. Scripts.Split('\n').Where(line => !line.StartsWith('#')).SelectMany(AndItsEnds)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_known_history_breaks_no_promise(string script) =>
        Assert.Empty(History.Play(Script.Parse(script)).Violations);

    /// <summary>Whatever the user prefers in the end.</summary>
    private static IEnumerable<string> AndItsEnds(string script) =>
        [$"{script}; calm relink", $"{script}; calm accept"];
}
