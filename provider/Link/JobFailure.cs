namespace QingCloudMySqlStandby.Link;

/// <summary>What a failed job says of itself, what is known of the link now, and what to do.</summary>
internal static class JobFailure
{
    public static PluginException Of(string service, Job job, string consequence) =>
        new(PluginErrorCode.FailedPrecondition, Describe(service, job, consequence));

    public static string Describe(string service, Job job, string consequence)
    {
        var codes = job.ErrorCodes.Length == 0 ? "no error_codes" : $"error_codes {job.ErrorCodes}";
        return $"{service} failed: job {job.Id} ended as \"{job.RawStatus}\" at {Timestamp.Of(job.ChangedAt)}, "
            + $"{codes}. {consequence} {Advice(service, job.ErrorCodes)}";
    }

    private static string Advice(string service, string errorCodes) =>
        service switch
        {
            ServiceNames.StartStandby => FailureAdvice.AfterStart(errorCodes),
            ServiceNames.PromoteStandby => "The standby most likely had not caught up: let it catch up while nothing "
                + "writes to the source, then run pulumi up again. If the source is lost, onDelete: stop and removing the "
                + "resource ends the link without the check.",
            _ => "See the job in the QingCloud console for the reason, then run the command again.",
        };
}
