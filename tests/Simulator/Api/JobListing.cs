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

/// <summary>How DescribeJobs lists jobs, as far as a report of doctor says it.</summary>
/// <param name="Echo">How much directives echo, where a <see cref="JobPlan"/> says nothing else.</param>
/// <param name="HidePasswords">Whether directives have a mask for a password.</param>
/// <param name="JobAction">What becomes of the parameter <c>job_action</c>.</param>
public sealed record JobListing(
    Echo Echo = Echo.Full,
    bool HidePasswords = false,
    JobActionFilter JobAction = JobActionFilter.Applied
)
{
    internal static JobListing Of(Knobs knobs) =>
        new(knobs.Echo, knobs.PasswordMask != PasswordMask.Clear, knobs.JobAction);

    internal Knobs ApplyTo(Knobs knobs)
    {
        var mask = knobs.PasswordMask == PasswordMask.Clear ? PasswordMask.EightStars : knobs.PasswordMask;
        return knobs with
        {
            Echo = Echo,
            PasswordMask = HidePasswords ? mask : PasswordMask.Clear,
            JobAction = JobAction,
        };
    }
}
