using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator;

/// <summary>What is not known about the real QingCloud, or can differ between its installations: one setting for each
/// assumption. The defaults are what is documented, or else what is likely. A change takes effect at once, for jobs made
/// before as well.</summary>
public sealed partial record Knobs
{
    /// <summary>The response to stop_standby on a cluster that is no standby. Not documented.</summary>
    public WithoutLink StopWithoutLink { get; init; }

    /// <summary>The response to promote_standby on a cluster that is no standby. Not documented.</summary>
    public WithoutLink PromoteWithoutLink { get; init; }

    /// <summary>The response to promote_standby on a standby that has not caught up. Documented: the job
    /// fails.</summary>
    public PromotionBehind PromotionBehind { get; init; }

    /// <summary>Whether a promotion fails while the source does not run, so that nothing can be compared. Default:
    /// what has arrived counts.</summary>
    public bool PromotionNeedsSource { get; init; }

    /// <summary>How long a write takes from a source to its standby. Default: no time.</summary>
    public TimeSpan ReplicationDelay { get; init; }

    /// <summary>Whether suspending a standby ends its link. Not documented.</summary>
    public bool SuspendEndsLink { get; init; } = true;

    /// <summary>Whether deleting a standby ends its link, so that it is recovered without one. Not
    /// documented.</summary>
    public bool DeleteEndsLink { get; init; } = true;

    /// <summary>Whether the status of a stopped cluster moves its <c>status_time</c>, and other statuses
    /// likewise.</summary>
    public bool StatusTimeMoves { get; init; } = true;

    /// <summary>The status that a stopped cluster shows. DescribeClusters documents none for it.</summary>
    public ClusterStatus StoppedStatus { get; init; } = ClusterStatus.Stopped;

    /// <summary>Whether the cluster's application has the service set_readonly.</summary>
    public bool HasSetReadOnly { get; init; } = true;

    /// <summary>Whether a linked standby accepts set_readonly; otherwise 1400.</summary>
    public bool StandbyTakesReadOnly { get; init; } = true;

    /// <summary>Whether a cluster that is stopped and started is still read-only.</summary>
    public bool ReadOnlySurvivesStop { get; init; } = true;

    /// <summary>Whether only the API of a cluster's own zone knows the cluster and its jobs; otherwise every zone's
    /// does.</summary>
    public bool ZoneStrict { get; init; } = true;

    /// <summary>The field <c>zone</c> in a row of DescribeClusters. Documented: none.</summary>
    public ClusterZoneField ClusterZone { get; init; }

    /// <summary>The tab about standby replication, where a cluster has one. Its name and columns are not
    /// published.</summary>
    public StandbyTab StandbyTab { get; init; }

    /// <summary>Whether the tabs of a cluster that is not active are refused with 1400, as a command on its nodes makes
    /// their content. Not documented.</summary>
    public bool TabNeedsActive { get; init; }

    /// <summary>Whose jobs DescribeJobs lists. Documented: those "that you triggered", which can mean each of
    /// these.</summary>
    public JobOwners JobOwners { get; init; }

    /// <summary>How old a job can be before DescribeJobs no longer knows it. Default: no limit.</summary>
    public TimeSpan? JobsListedFor { get; init; }

    /// <summary>How old a job is before DescribeJobs knows it. Default: it knows a job at once.</summary>
    public TimeSpan JobsListedAfter { get; init; }

    /// <summary>How many jobs of a zone DescribeJobs knows; older ones are no longer known. Default: no limit.</summary>
    public int? JobsListed { get; init; }

    /// <summary>Whether DescribeJobs answers for the id of a job that it does not list; otherwise 2100.</summary>
    public bool UnlistedJobsById { get; init; }

    /// <summary>The <c>total_count</c> of job lists.</summary>
    public TotalCount TotalCount { get; init; }

    /// <summary>Whether jobs that were made in the same second are listed oldest first. A <c>create_time</c> has no
    /// fractions of a second.</summary>
    public bool EqualTimesReversed { get; init; }

    /// <summary>The field <c>owner</c> of a job.</summary>
    public JobOwnerField JobOwner { get; init; }

    /// <summary>What DescribeClusterJobs shows. Likely: also what DescribeJobs does not.</summary>
    public ClusterJobs ClusterJobs { get; init; }

    /// <summary>What becomes of the parameter <c>job_action</c> of DescribeJobs. Not every page documents
    /// it.</summary>
    public JobActionFilter JobAction { get; init; }

    /// <summary>How much of its request a job's directive echoes, where a <see cref="JobPlan"/> says nothing
    /// else.</summary>
    public Echo Echo { get; init; }

    /// <summary>What directives show in place of a database password. Published: the password itself.</summary>
    public PasswordMask PasswordMask { get; init; }

    /// <summary>Whether rows of DescribeClusters have <c>app_version_info</c>, <c>owner</c>, <c>root_user_id</c> and
    /// <c>custom_service</c>.</summary>
    public bool ClusterDetails { get; init; } = true;

    /// <summary>Whether <c>custom_service</c> is a list of names. Published: a dictionary; its keys are taken for the
    /// roles, and those of its values for the services.</summary>
    public bool CustomServicesAsList { get; init; }

    /// <summary>Whether DescribeClusterNodes, DescribeClusterEnvironment and GetClusterMonitor are refused with
    /// 1400.</summary>
    public bool HealthRefused { get; init; }

    /// <summary>Whether DescribeClusterEnvironment needs <c>cluster_id</c>, as its sample has it; otherwise
    /// <c>cluster</c>, as its table says.</summary>
    public bool EnvironmentByClusterId { get; init; }

    /// <summary>The name and the unit of the meter of the replication lag. Not published.</summary>
    public LagMeter LagMeter { get; init; }

    /// <summary>What meters hold.</summary>
    public MeterData MeterData { get; init; }

    /// <summary>Whether values are in the reverse order of the items. Their order is not published.</summary>
    public bool MeterValuesReversed { get; init; }

    /// <summary>How a time without values is written.</summary>
    public MeterGaps MeterGaps { get; init; }

    /// <summary>Whether the time of the first values is eight hours ahead, as the page on compression says; the sample
    /// of GetClusterMonitor has Unix time.</summary>
    public bool MeterTimeIsBeijing { get; init; }

    /// <summary>Whether the primary of a standby measures how far it is behind its source; otherwise it measures 0. Not
    /// published.</summary>
    public bool PrimaryReportsLag { get; init; } = true;
}
