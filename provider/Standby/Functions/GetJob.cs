namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>A job: where it stands, and why it failed if it did.</summary>
internal static class GetJob
{
    private static readonly string[] Answers =
    [
        Names.JobId, Names.Zone, "status", "ended", "failed", "action", "service", Names.ClusterId, "createdAt",
        "changedAt", "errorCodes", "submittedBy",
    ];

    public static async Task<InvokeResult> RunAsync(
        IQingCloud cloud, PropertyMap args, CancellationToken cancellationToken)
    {
        if (Arguments.AnswerToUnknown(args, Answers) is { } unknown)
            return unknown;

        var (read, failures) = await Arguments.ReadAsync(
            cloud, args, Names.JobId, Pattern.Job(), "j-pfiu9d1waxq", cancellationToken);
        if (read is null)
            return new InvokeResult(PropertyMap.Empty, failures);

        var job = await cloud.FindJobAsync(read.Zone, read.Id, cancellationToken) ?? throw new PluginException(
            PluginErrorCode.FailedPrecondition,
            $"Job {read.Id} does not exist in zone {read.Zone}, or these credentials cannot see it.");
        return new InvokeResult(Answer(read, job, cloud.AccessKeyId), []);
    }

    private static PropertyMap Answer(Arguments read, Job job, SecretText? accessKeyId) => PropertyMap.Empty
        .With(Names.JobId, job.Id)
        .With(Names.Zone, read.Zone)
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
