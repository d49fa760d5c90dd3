using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>What DescribeJobs makes of its parameter <c>job_action</c>, which not every page documents.</summary>
public enum JobActionFilter
{
    /// <summary>Jobs of other actions are left out.</summary>
    Applied,

    /// <summary>All jobs are listed, as without it.</summary>
    Ignored,

    /// <summary>The call is refused with ret_code 1100.</summary>
    Refused1100,

    /// <summary>The call is refused with ret_code 1101.</summary>
    Refused1101,
}

/// <summary>How DescribeJobs lists jobs.</summary>
/// <param name="Echo">How much directives echo, where a <see cref="JobPlan"/> says nothing else.</param>
/// <param name="HidePasswords">Whether directives have asterisks for a password. In reality they do not.</param>
/// <param name="JobAction">What becomes of the parameter <c>job_action</c>.</param>
public sealed record JobListing(
    Echo Echo = Echo.Full,
    bool HidePasswords = false,
    JobActionFilter JobAction = JobActionFilter.Applied
);
