using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Schema;

namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>A job: where it stands, and why it failed if it did.</summary>
internal static class GetJob
{
    private static readonly string[] Answers =
    [
        Names.JobId, Names.Zone, "status", "ended", "failed", "action", "service", Names.ClusterId, "createdAt",
        "changedAt", "errorCodes",
    ];

    public static async Task<InvokeResult> RunAsync(
        IQingCloud cloud, PropertyMap args, CancellationToken cancellationToken)
    {
        if (Arguments.AnswerToUnknown(args, Answers) is { } unknown)
        {
            return unknown;
        }

        var (read, failures) = await Arguments.ReadAsync(
            cloud, args, Names.JobId, Pattern.Job(), "j-pfiu9d1waxq", cancellationToken);
        if (read is null)
        {
            return new InvokeResult(PropertyMap.Empty, failures);
        }

        var job = await cloud.FindJobAsync(read.Zone, read.Id, cancellationToken) ?? throw new PluginException(
            PluginErrorCode.FailedPrecondition,
            $"Job {read.Id} does not exist in zone {read.Zone}, or these credentials cannot see it.");
        return new InvokeResult(Answer(read, job), []);
    }

    private static PropertyMap Answer(Arguments read, Job job)
    {
        var answer = PropertyMap.Empty
            .With(Names.JobId, PropertyValue.Of(job.Id))
            .With(Names.Zone, PropertyValue.Of(read.Zone))
            .With("status", PropertyValue.Of(job.RawStatus))
            .With("ended", PropertyValue.Of(job.HasEnded))
            .With("failed", PropertyValue.Of(job.Status == JobStatus.Failed))
            .With("action", PropertyValue.Of(job.Action))
            .With("createdAt", PropertyValue.Of(Timestamp.Of(job.CreatedAt)))
            .With("changedAt", PropertyValue.Of(Timestamp.Of(job.ChangedAt)))
            .With("errorCodes", PropertyValue.Of(job.ErrorCodes));
        return job.Request is { } request
            ? answer
                .With("service", PropertyValue.Of(request.Service))
                .With(Names.ClusterId, PropertyValue.Of(request.ClusterId))
            : answer;
    }
}
