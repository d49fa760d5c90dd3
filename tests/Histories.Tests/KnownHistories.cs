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
