namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What a failed job says of itself, what became of the link, and what to do.</summary>
internal static class JobFailure
{
    public static PluginException Of(string service, Job job, string consequence) =>
        new(PluginErrorCode.FailedPrecondition, Describe(service, job, consequence));

    public static string Describe(string service, Job job, string consequence)
    {
        var codes = job.ErrorCodes.Length == 0 ? "no error_codes" : $"error_codes {job.ErrorCodes}";
        return $"{service} failed: job {job.Id} ended as \"{job.RawStatus}\" at {Timestamp.Of(job.ChangedAt)}, "
            + $"{codes}. {consequence} {Advice(service)}";
    }

    private static string Advice(string service) =>
        service switch
        {
            ServiceNames.StartStandby => "Check that source.host and source.port can be reached from the standby's "
                + "network, that source.user has SUPER or replication privileges, that the source runs with GTID on "
                + "(MySQL 5.6 or 5.7), and that no DDL ran on it meanwhile; then run pulumi up again.",
            ServiceNames.PromoteStandby =>
                "The standby most likely had not caught up: make the source read-only, let the "
                    + "standby catch up, then run pulumi up again. If the source is lost, onDelete: stop and removing the "
                    + "resource cuts the link without the check.",
            _ => "See the job in the QingCloud console for the reason, then run the command again.",
        };
}
