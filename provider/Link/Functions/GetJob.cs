namespace QingCloudMySqlStandby.Link.Functions;

/// <summary>A job: where it stands, and why it failed if it did.</summary>
internal static class GetJob
{
    private static readonly Function Function = new(
        Names.JobId,
        Pattern.Job(),
        "j-pfiu9d1waxq",
        [
            Names.JobId,
            Names.Zone,
            "status",
            "ended",
            "failed",
            "action",
            "service",
            Names.ClusterId,
            "createdAt",
            "changedAt",
            "errorCodes",
            "submittedBy",
        ]
    );

    public static Task<InvokeResult> RunAsync(
        IQingCloud cloud,
        PropertyMap args,
        CancellationToken cancellationToken
    ) =>
        Function.AnswerAsync(
            cloud,
            args,
            async (zone, id) =>
            {
                var job =
                    await cloud.FindJobAsync(zone, id, cancellationToken)
                    ?? throw new PluginException(
                        PluginErrorCode.FailedPrecondition,
                        $"Job {id} does not exist in zone {zone}, or these credentials cannot see it."
                    );
                return Answer(zone, job, cloud.AccessKeyId);
            },
            cancellationToken
        );

    private static PropertyMap Answer(string zone, Job job, SecretText? accessKeyId) =>
        PropertyMap
            .Empty.With(Names.JobId, job.Id)
            .With(Names.Zone, zone)
            .With("status", job.RawStatus)
            .With("ended", job.HasEnded)
            .With("failed", job.Status == JobStatus.Failed)
            .With("action", job.Action)
            .With("createdAt", Timestamp.Of(job.CreatedAt))
            .With("changedAt", Timestamp.Of(job.ChangedAt))
            .With("errorCodes", job.ErrorCodes)
            .With("service", job.Request?.Service)
            .With(Names.ClusterId, job.Request?.ClusterId)
            .With("submittedBy", new Attributions(self: null, accessKeyId, [job]).Of(job).Words);
}
