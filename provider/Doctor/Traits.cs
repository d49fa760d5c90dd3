namespace QingCloudMySqlStandby.Doctor;

internal enum JobActionFilter
{
    /// <summary>Nothing was seen that would show it.</summary>
    NotSeen,

    /// <summary>Other jobs are left out.</summary>
    Applied,

    /// <summary>All jobs are listed.</summary>
    Ignored,

    /// <summary>The call is refused.</summary>
    Refused,
}

/// <summary>How this QingCloud answers, where its ways may differ; a simulator can be set to it.</summary>
/// <param name="JobAction">What DescribeJobs makes of <c>job_action</c>.</param>
/// <param name="HasDirectives">Whether each custom service's directive can be read; null where there is no job.</param>
/// <param name="Echoes">What jobs of calls made with a key show of their sender: <c>signature</c>, <c>req_id</c>,
/// <c>access_key_id</c>, <c>channel</c>. Null where no such job was seen.</param>
/// <param name="HidesPasswords">Whether directives hide passwords; null where none was seen.</param>
internal sealed record Traits(
    JobActionFilter JobAction = JobActionFilter.NotSeen,
    bool? HasDirectives = null,
    IReadOnlyList<string>? Echoes = null,
    bool? HidesPasswords = null
);
