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
}
