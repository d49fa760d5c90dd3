using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>Histories in the notation of <see cref="Notation"/>: what random ones shrank to when they broke a promise,
/// and the ones of docs/reliability.md.</summary>
public sealed class KnownHistories
{
    [Theory]
    [InlineData("set x; up; up; refresh; preview; destroy; up")]
    [InlineData("set x; up; set x promoted=true; up; set x promoted=false relink=true; up")]
    [InlineData("set x; up; console promote A; wait 1m; refresh; up; set x promoted=true; up")]
    [InlineData("set x; up; rename x y; up; set y cluster=B; up")]
    public void Nothing_goes_wrong(string script) => Live(script);

    [Theory]
    [InlineData(
        "set x; fault job=successful,vanishes=3m,service=start_standby; up; fault "
            + "job=failed,effect=true,service=promote_standby; rename x y; console promote A; up"
    )]
    [InlineData("set x; up; console stop A; taint x; up; up replace x; set x deleteFirst=true trigger=1; up")]
    public void A_failover_survives_every_mode(string script) => Live(script);

    [Theory]
    [InlineData("set x; up; set x deleteFirst=true limit=short; taint x; up; destroy")]
    [InlineData("set x; up; rename x y; set y source=T; up goes-on; up")]
    [InlineData("set x; up; rename x y; set y provider=p; up; up")]
    [InlineData("set x; up; set x retain=true; destroy program")]
    [InlineData(
        "set x deleteFirst=true; set y cluster=B; up; taint x; console delete A; up; console suspend A; up; "
            + "rename y x"
    )]
    [InlineData("echo None; set x; set y cluster=B; up; console change A S; set x promoted=true; rename x y")]
    [InlineData(
        "set x; takes start_standby 40m; fault job=successful,vanishes=3m,service=start_standby; up; destroy; " + "up"
    )]
    [InlineData("set x; set y cluster=B; up; set x retain=true; destroy program; rename y x")]
    [InlineData(
        "set x; set y; up; fault job=successful,duration=30h,service=promote_standby; set x promoted=true "
            + "retain=true; up; rename y x; destroy"
    )]
    [InlineData("echo None; set x; up; set x retain=true; up replace x; drop x")]
    public void A_link_leaves_no_state_while_it_runs(string script) => Live(script);

    [Theory]
    [InlineData("set x; up; stack prod; set x; up; destroy; stack dev; up")]
    [InlineData("set x provider=p; set y provider=q; up; up; destroy")]
    [InlineData("set x password=2; set y cluster=B; up; set x deleteFirst=true; rename x y; set x provider=p")]
    [InlineData("set x limit=short provider=p; set y host=2; up; import x A")]
    [InlineData(
        "set x; up; fault job=done-with-failure,codes=4712,service=start_standby; "
            + "fault job=failed,effect=true,service=stop_standby; destroy; console start A S"
    )]
    public void A_link_has_one_resource(string script) => Live(script);

    [Theory]
    [InlineData("set x; up; takes stop_standby 10m; set x source=T; up cancel 1m; up; up")]
    [InlineData("set x; up; set x password=2; up kill 9 after; up")]
    [InlineData("set x replaceOn=source.host; up; set x host=2; up; up")]
    [InlineData(
        "set x; up; set x source=T; fault job=done-with-failure,codes=4712,service=start_standby; up; set x "
            + "promoted=true; console resume A"
    )]
    [InlineData(
        "set x; up; wait 173m; fault job=done-with-failure,codes=4712,service=start_standby; fault job=failed,"
            + "effect=true,service=stop_standby; set x host=2; up"
    )]
    public void A_restart_is_finished(string script) => Live(script);

    [Theory]
    [InlineData("echo None; set x; up kill-plugin 7 after; up")]
    [InlineData("echo None; set x; up; taint x; up")]
    [InlineData("echo None; set x; up; fault job=failed,effect=true,service=start_standby; set x user=2; up")]
    [InlineData("echo None; set x; up; set x host=3; up kill 6 before")]
    [InlineData("echo WithoutSender; set x provider=p; rename x y; set x host=2; up")]
    [InlineData("echo WithoutRequestId; set x; up; set x password=3; up cancel 3s; taint x")]
    [InlineData(
        "echo WithoutRequestId; set x; up; fault silent,when=after,action=RunClusterCustomService; "
            + "set x user=3; up cancel 7s"
    )]
    [InlineData("echo None; set x; up; console promote A; set x password=2; rename x y alias")]
    [InlineData("echo None; set x; up; fault job=failed,effect=true,service=stop_standby; destroy; console suspend A")]
    [InlineData("echo None; set x; set y promoted=true source=T; up; up replace x kill-plugin 5 before; rename y x")]
    [InlineData(
        "echo None; set x; set y cluster=B; up; taint y; up; console change A S; set x promoted=true; " + "rename x y"
    )]
    [InlineData(
        "echo None; fault silent,when=after,action=RunClusterCustomService; set x; later 14s console stop A; " + "up"
    )]
    [InlineData("echo None; set x; takes start_standby 3m; up kill 8 before; set x relink=true; up")]
    [InlineData(
        "echo None; set x; up; fault cut,when=before,action=RunClusterCustomService; set x host=3; later "
            + "3380ms console promote A; fault cut,when=before,action=RunClusterCustomService; up"
    )]
    [InlineData(
        "echo WithoutSender; set x; up; fault job=successful,hidden=20s,service=stop_standby; set x user=2; up "
            + "cancel 2s; refresh; wait 207s"
    )]
    public void Without_directives_nothing_is_started_twice(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault cut,when=after,action=RunClusterCustomService; up")]
    [InlineData("set x; fault http=502,when=after,action=RunClusterCustomService; up")]
    [InlineData("set x; fault ret=5000,when=after,action=RunClusterCustomService; up")]
    [InlineData("set x; fault ret=5100,when=after,action=RunClusterCustomService; fault skew=90s; up")]
    [InlineData("set x; fault garbage,action=RunClusterCustomService; up")]
    [InlineData("set x; fault truncated,action=RunClusterCustomService; up")]
    [InlineData("set x; fault silent,when=after,action=RunClusterCustomService; up")]
    [InlineData("set x; fault silent,when=before,action=RunClusterCustomService; up")]
    [InlineData(
        "set x; fault cut,when=after,action=RunClusterCustomService; fault "
            + "job=successful,hidden=20s,service=start_standby; up"
    )]
    public void A_lost_answer_starts_nothing_twice(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault skew=-50s; up; destroy; fault cut,when=before,action=RunClusterCustomService; up")]
    public void A_lost_answer_is_not_taken_for_an_older_job(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault try-later,times=4,action=RunClusterCustomService; up")]
    [InlineData("set x; fault ret=5300,times=4,action=RunClusterCustomService; up")]
    [InlineData("set x; fault ret=1300,times=2,action=RunClusterCustomService; up")]
    [InlineData("set x; fault rate-limit,times=4; up")]
    [InlineData("set x; fault skew=-90s; up")]
    public void What_was_not_done_is_done_again(string script) => Live(script);

    [Theory]
    [InlineData(
        "set x; up; takes start_standby 10m; fault try-later,service=stop_standby; later 500ms console change "
            + "A T; destroy"
    )]
    [InlineData(
        "set x; up; set x host=2; takes start_standby 20m; fault try-later,times=2,service=stop_standby; "
            + "later 500ms console change A T; up"
    )]
    [InlineData(
        "set x; up; set x password=2; fault http=502,when=before,action=RunClusterCustomService,times=4; "
            + "later 5099ms console stop A; up"
    )]
    public void A_submission_that_somebody_came_before_is_given_up(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault job=failed,codes=4711,service=start_standby; up; up")]
    [InlineData("set x; fault job=done-with-failure,codes=4712,service=start_standby; up; up")]
    [InlineData("set x; up; fault job=failed,codes=4711,service=stop_standby; destroy; destroy")]
    [InlineData("set x; up; set x host=2; fault job=failed,codes=4711,service=start_standby; up; up")]
    [InlineData("set x; up; set x promoted=true; fault job=failed,codes=4711,service=promote_standby; up; up")]
    public void A_failed_job_ends_the_wait_and_the_next_run_goes_on(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault job=failed,effect=true,service=start_standby; up")]
    [InlineData("set x; up; fault job=failed,effect=true,service=stop_standby; destroy")]
    [InlineData("set x; up; fault job=failed,effect=true,service=stop_standby; set x host=2; up")]
    [InlineData("set x; up; fault job=failed,effect=true,service=promote_standby; set x promoted=true; up")]
    [InlineData(
        "set x; up; fault job=failed,effect=true,service=stop_standby; destroy; fault "
            + "job=done-with-failure,codes=4712,service=start_standby; up"
    )]
    [InlineData(
        "set x; fault job=failed,effect=true,service=stop_standby; up; destroy; fault "
            + "job=failed,effect=true,service=start_standby; up"
    )]
    [InlineData(
        "set x; up; destroy; fault job=failed,effect=true,service=start_standby; up; later 3673ms console "
            + "promote A; fault job=failed,codes=4711,service=promote_standby"
    )]
    public void What_a_failed_job_did_anyway_is_read(string script) => Live(script);

    [Theory]
    [InlineData("set x; takes start_standby 8h; up cancel 10m; up; up")]
    [InlineData("set x; takes start_standby 8h; up; up")]
    [InlineData("set x; up; takes stop_standby 40m; set x host=2; up cancel 10m; wait 2h; up")]
    [InlineData("set x; up; takes promote_standby 40m; set x promoted=true; up cancel 10m; up")]
    [InlineData("set x; up; takes stop_standby 40m; destroy cancel 10m; destroy")]
    [InlineData("set x; up; set x host=3; fault silent,when=after,action=RunClusterCustomService,skip=1; up cancel 6s")]
    public void An_interrupted_run_is_gone_on_with(string script) => Live(script);

    [Theory]
    [InlineData("set x; takes start_standby 2h; up kill 3 before; up")]
    [InlineData("set x; takes start_standby 2h; up kill 3 after; up")]
    [InlineData("set x; takes start_standby 2h; up kill 5 after; up")]
    [InlineData("set x; up; set x source=T; up kill 3 after; up")]
    [InlineData("set x; up; set x cluster=B; up kill 5 after; up")]
    [InlineData("set x; up; set x host=2; up kill 3 after; up")]
    [InlineData("set x; up; destroy kill 3 after; up")]
    public void A_killed_run_is_gone_on_with(string script) => Live(script);

    [Theory]
    [InlineData("set x; up; up replace x")]
    [InlineData("set x; up; console stop A; wait 1h; up replace x")]
    [InlineData(
        "set x; up; set x cluster=B; fault job=failed,codes=4711,service=stop_standby; up; set x cluster=A; " + "up"
    )]
    public void A_link_that_is_replaced_with_itself_stays(string script) => Live(script);

    [Theory]
    [InlineData("console start A T; wait 1m; set x; preview; up")]
    [InlineData("set x; up; console change A T; wait 1h; destroy")]
    [InlineData("set x source=T; set y cluster=B; up; console change A S; rename y x")]
    [InlineData("set x; set y cluster=B; up; rename y x; console change A T; up; rename x y")]
    [InlineData("set y; up; console change A T; wait 288m; import x A; drop y; up")]
    [InlineData(
        "set x source=T; up; console promote A; rename x y; set x; later 7234ms console start A S; up; " + "refresh"
    )]
    [InlineData(
        "set x source=T; up; console promote A; wait 1m; refresh; set x source=S promoted=true; console start "
            + "A S; wait 1m; up"
    )]
    [InlineData(
        "set x; set y cluster=B; fault job=successful,vanishes=3m,service=start_standby; takes start_standby "
            + "3m; up; rename x y"
    )]
    [InlineData(
        "set x cluster=B; up; later 2606ms console start B S; set x password=3; fault job=failed,effect=true,"
            + "service=stop_standby; up"
    )]
    [InlineData(
        "set x; up; later 2685ms console start A T; set x password=3; up replace x cancel 10m; drop x; wait " + "450m"
    )]
    [InlineData("set x; fault silent,when=before,action=DescribeJobs,skip=3; set y provider=q; up")]
    [InlineData("set x; up; set x password=2; taint x; later 3396ms console delete A; up goes-on")]
    public void A_link_of_somebody_else_is_left_alone(string script) => Live(script);

    [Theory]
    [InlineData("set x; up; console suspend A; wait 1m; up; refresh; console resume A; wait 1m; up")]
    [InlineData("set x; up; console delete A; fault http=502,when=before,times=4,skip=1; refresh")]
    [InlineData("set x; up; console delete A; wait 1m; set x cluster=B; up")]
    public void A_cluster_that_is_suspended_or_deleted_is_reported(string script) => Live(script);

    [Theory]
    [InlineData("set x; fault http=502,when=before,times=4,action=DescribeJobs; up")]
    [InlineData("set x; fault garbage,times=4,action=DescribeJobs; up")]
    [InlineData("set x; fault slow=45s,times=2,action=DescribeJobs; up")]
    [InlineData("set x; fault cut,times=4,action=DescribeJobs; up")]
    [InlineData("set x; fault huge; fault deep; fault redirect=http://127.0.0.2/; up")]
    [InlineData("set x; fault redirect-loop; up")]
    [InlineData("set x; up; fault huge,times=4; refresh; fault silent,times=4; refresh")]
    [InlineData("set x; takes start_standby 2h; fault job=successful,vanishes=3m,service=start_standby; up; up")]
    [InlineData(
        "later 237m console stop A; fault job=successful,vanishes=3m,service=start_standby; fault "
            + "job=failed,codes=4711,service=stop_standby; set y; set x; up; drop x"
    )]
    [InlineData(
        "echo WithoutRequestId; set x; up; fault job=successful,hidden=20s,service=start_standby; fault silent,"
            + "when=after,times=2; console change A T; rename x y; up; refresh"
    )]
    public void A_look_that_fails_is_taken_again(string script) => Live(script);

    private static void Live(string script) => _ = History.Live(Notation.Parse(script));
}
