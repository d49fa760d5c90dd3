using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using static QingCloudMySqlStandby.QingCloud.ServiceNames;

namespace QingCloudMySqlStandby.Standby.Tests;

public sealed class JobEvidenceTests
{
    [Fact]
    public void No_jobs_decide_nothing() => Assert.Null(JobEvidence.Read([]));

    [Theory]
    [InlineData(StartStandby, JobStatus.Pending, LinkPhase.Starting)]
    [InlineData(StartStandby, JobStatus.Working, LinkPhase.Starting)]
    [InlineData(StartStandby, JobStatus.Successful, LinkPhase.Replicating)]
    [InlineData(PromoteStandby, JobStatus.Working, LinkPhase.Promoting)]
    [InlineData(PromoteStandby, JobStatus.Successful, LinkPhase.Promoted)]
    [InlineData(StopStandby, JobStatus.Working, LinkPhase.Stopping)]
    [InlineData(StopStandby, JobStatus.Successful, LinkPhase.Stopped)]
    public void The_newest_job_decides(string service, object status, object phase)
    {
        var link = JobEvidence.Read([Sample.Job("j-2", service, (JobStatus)status, 5), Sample.Job("j-1", StartStandby)])!;

        Assert.Equal((LinkPhase)phase, link.Phase);
        Assert.Equal("j-2", link.Job!.Id);
        Assert.Equal(Sample.SourceCluster, link.Source!.ClusterId);
    }

    [Theory]
    [InlineData(StopStandby)]
    [InlineData(PromoteStandby)]
    [InlineData(StartStandby)]
    public void A_failed_job_leaves_the_link_as_it_was(string service)
    {
        var link = JobEvidence.Read([Sample.Job("j-2", service, JobStatus.Failed, 5), Sample.Job("j-1", StartStandby)])!;

        Assert.Equal(LinkPhase.Replicating, link.Phase);
        Assert.Equal("j-1", link.Job!.Id);
    }

    [Fact]
    public void A_failed_start_after_a_stop_is_remembered()
    {
        var link = JobEvidence.Read(
        [
            Sample.Job("j-3", StartStandby, JobStatus.Failed, 9), Sample.Job("j-2", StopStandby, minutes: 5), Sample.Job("j-1", StartStandby),
        ])!;

        Assert.Equal(LinkPhase.Stopped, link.Phase);
        Assert.Equal("j-3", link.FailedStart!.Id);
        Assert.Equal("j-1", link.StartJob!.Id);
    }

    [Fact]
    public void A_failed_start_alone_is_no_link()
    {
        var link = JobEvidence.Read([Sample.Job("j-1", StartStandby, JobStatus.Failed)])!;

        Assert.Equal(LinkPhase.None, link.Phase);
        Assert.Equal("j-1", link.FailedStart!.Id);
    }

    [Fact]
    public void The_source_is_the_one_of_the_last_start()
    {
        var link = JobEvidence.Read(
        [
            Sample.Job("j-3", StartStandby, minutes: 9, link: Sample.Link with { SourceClusterId = "cl-second" }),
            Sample.Job("j-2", StopStandby, minutes: 5),
            Sample.Job("j-1", StartStandby),
        ])!;

        Assert.Equal("cl-second", link.Source!.ClusterId);
    }

    [Fact]
    public void A_job_of_ours_that_cannot_be_read_is_waited_for_while_it_runs()
    {
        var known = new KnownLink(LinkState.Starting, "j-1", null, Source.Of(Sample.Link));
        var unreadable = Sample.Job("j-1", StartStandby, JobStatus.Working) with { Request = null };

        Assert.Equal(LinkPhase.Starting, JobEvidence.Read([unreadable], known)!.Phase);
        Assert.Equal(LinkPhase.None, JobEvidence.Read([unreadable], known with { JobId = "j-2" })!.Phase);
        Assert.Equal(
            LinkPhase.None, JobEvidence.Read([unreadable with { Status = JobStatus.Successful }], known)!.Phase);
    }

    [Fact]
    public void An_unfinished_start_is_not_repeated_over_a_job_that_cannot_be_read()
    {
        var known = new KnownLink(LinkState.Starting, "j-1", null, Source.Of(Sample.Link));
        var link = JobEvidence.Read([Sample.Job("j-1", StartStandby) with { Request = null }], known)!;

        Assert.False(Lifecycle.UnfinishedStart.Is(known, link));
        Assert.True(Lifecycle.UnfinishedStart.Is(known, Link.None));
    }
}
