namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>What an operation answers when it does not succeed: the engine, and the state file, must not lose a job by
/// it.</summary>
internal static class Answers
{
    public static void Check(
        TestEnvironment environment,
        Echo echo,
        IReadOnlyList<Submission> submissions,
        IEnumerable<Operation> ended
    )
    {
        foreach (var operation in ended.Where(operation => operation is { Error: not null, IsPreview: false }))
        {
            var last = submissions.LastOrDefault(submission =>
                submission.IsCarriedOut && submission.Operation == operation
            );
            if (last is not null && environment.Cloud.Job(last.JobId!) is { } job)
                Check(environment, operation, job, echo);
        }
    }

    private static void Check(TestEnvironment environment, Operation operation, JobView job, Echo echo)
    {
        var isAtWork = job.UnderWay || job.Status == JobStatus.Successful;
        if (operation.Error is ResourceInitException partial)
        {
            var isOpen = partial.Message.Contains("It could not be found out whether", StringComparison.Ordinal);

            // Without a directive a job that failed decides nothing: the tab says what there is, and names no job.
            var isNamed = echo != Echo.None || job.Status != JobStatus.Failed;

            // Where somebody has begun a link since, that is what the operation waited for last.
            var since = environment.Cloud.Jobs.Where(later =>
                later.ClusterId == job.ClusterId && later.CreatedAt >= job.CreatedAt
            );
            Require(
                isOpen || !isNamed || since.Any(named => partial.State["jobId"] == PropertyValue.Of(named.Id)),
                "a partial state names the last job",
                operation,
                job
            );
        }
        else if (operation.Kind is OperationKind.Create or OperationKind.Update && isAtWork)
        {
            Require(
                operation.Error is PluginException { Code: PluginErrorCode.Unknown },
                "nothing happened where an error says so",
                operation,
                job
            );
        }
    }

    private static void Require(bool holds, string promise, Operation operation, JobView job)
    {
        if (!holds)
        {
            throw new ViolationException(
                promise,
                $"{operation.Kind} of {operation.Name} answered \"{operation.Error!.Message}\" while job {job.Id} "
                    + $"({job.Service}) is {job.Status}"
            );
        }
    }
}
