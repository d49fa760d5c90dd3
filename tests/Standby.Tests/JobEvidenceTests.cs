using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.QingCloud;
using static QingCloudMySqlStandby.QingCloud.ServiceNames;

namespace QingCloudMySqlStandby.Standby.Tests;

public sealed class JobEvidenceTests
{
    [Fact]
    public void No_jobs_decide_nothing() => Assert.Null(Read());

    [Theory]
    [InlineData(StartStandby, JobStatus.Pending, LinkState.Starting)]
    [InlineData(StartStandby, JobStatus.Working, LinkState.Starting)]
    [InlineData(StartStandby, JobStatus.Successful, LinkState.Replicating)]
    [InlineData(PromoteStandby, JobStatus.Working, LinkState.Promoting)]
    [InlineData(PromoteStandby, JobStatus.Successful, LinkState.Promoted)]
    [InlineData(StopStandby, JobStatus.Working, LinkState.Stopping)]
    [InlineData(StopStandby, JobStatus.Successful, LinkState.Stopped)]
    public void The_newest_job_decides(string service, object status, object phase)
    {
        var link = Read(Sample.Job("j-2", service, (JobStatus)status, 5), Sample.Job("j-1", StartStandby))!;

        Assert.Equal((LinkState)phase, link.State);
        Assert.Equal("j-2", link.Job!.Id);
        Assert.Equal(Sample.SourceCluster, link.Source!.ClusterId);
    }

    [Theory]
    [InlineData(StopStandby)]
    [InlineData(PromoteStandby)]
    [InlineData(StartStandby)]
    public void A_failed_job_leaves_the_link_as_it_was(string service)
    {
        var link = Read(Sample.Job("j-2", service, JobStatus.Failed, 5), Sample.Job("j-1", StartStandby))!;

        Assert.Equal(LinkState.Replicating, link.State);
        Assert.Equal("j-1", link.Job!.Id);
    }

    [Fact]
    public void A_failed_start_after_a_stop_is_remembered()
    {
        var link = Read(
            Sample.Job("j-3", StartStandby, JobStatus.Failed, 9),
            Sample.Job("j-2", StopStandby, minutes: 5),
            Sample.Job("j-1", StartStandby)
        )!;

        Assert.Equal(LinkState.Stopped, link.State);
        Assert.Equal("j-3", link.FailedStart!.Id);
        Assert.Equal("j-1", link.StartJob!.Id);
    }

    [Fact]
    public void A_failed_start_alone_is_no_link()
    {
        var link = Read(Sample.Job("j-1", StartStandby, JobStatus.Failed))!;

        Assert.Equal(LinkState.None, link.State);
        Assert.Equal("j-1", link.FailedStart!.Id);
    }

    [Fact]
    public void The_source_is_the_one_of_the_last_start()
    {
        var link = Read(
            Sample.Job("j-3", StartStandby, minutes: 9, link: Sample.Link with { SourceClusterId = "cl-second" }),
            Sample.Job("j-2", StopStandby, minutes: 5),
            Sample.Job("j-1", StartStandby)
        )!;

        Assert.Equal("cl-second", link.Source!.ClusterId);
    }

    [Fact]
    public void A_job_of_ours_that_cannot_be_read_is_waited_for_while_it_runs()
    {
        var known = new RecordedLink(LinkState.Starting, "j-1", null, Source.Of(Sample.Link));
        var unreadable = Sample.Job("j-1", StartStandby, JobStatus.Working) with { Request = null };

        Assert.Equal(LinkState.Starting, Read(known, unreadable)!.State);
        Assert.Equal(LinkState.None, Read(known with { JobId = "j-2" }, unreadable)!.State);
        Assert.Equal(LinkState.None, Read(known, unreadable with { Status = JobStatus.Successful })!.State);
    }

    [Fact]
    public void An_unfinished_start_is_not_repeated_over_a_job_that_cannot_be_read()
    {
        var known = new RecordedLink(LinkState.Starting, "j-1", null, Source.Of(Sample.Link));
        var link = Read(known, Sample.Job("j-1", StartStandby) with { Request = null })!;

        Assert.False(BrokenOffRestart.Is(link, known, cutBy: null));
        Assert.Equal("j-1", link.Job!.Id);
    }

    private static ObservedLink? Read(params Job[] jobs) => Read(recorded: null, jobs);

    private static ObservedLink? Read(RecordedLink? recorded, params Job[] jobs) =>
        JobEvidence.Read(jobs, recorded, new Attributions(self: null, accessKeyId: null, jobs));
}
