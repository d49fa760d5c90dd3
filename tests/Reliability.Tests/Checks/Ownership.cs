namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A create takes over no link that this very resource did not start: which resource that was, the simulator's
/// calls and the engine's operations show, and not what the provider makes of directives.</summary>
internal static class Ownership
{
    public static void Check(
        TestEnvironment environment,
        Echo echo,
        IReadOnlyList<Submission> submissions,
        IEnumerable<Operation> ended
    )
    {
        foreach (
            var operation in ended.Where(operation =>
                operation is { Kind: OperationKind.Create, Error: null, Ended: not null, IsPreview: false }
            )
        )
        {
            if (
                operation.NewState?["jobId"].Bare is PropertyValue.TextValue jobId
                && environment.Cloud.Job(jobId.Value) is { Service: "start_standby" } start
                && MustBeOwn(start, echo)
            )
            {
                var starter = submissions.FirstOrDefault(submission => submission.JobId == start.Id);
                Require(starter?.Operation?.Urn == operation.Urn, operation, start, starter?.Operation);
            }
        }
    }

    /// <summary>Without req_id, a link that the same access key started is taken over by guess; where no sender is
    /// shown, any link that is as declared is.</summary>
    private static bool MustBeOwn(JobView start, Echo echo) =>
        echo == Echo.Full || (echo == Echo.WithoutRequestId && !ClusterPast.IsByApi(start));

    private static void Require(bool holds, Operation operation, JobView start, Operation? starter)
    {
        if (!holds)
        {
            throw new ViolationException(
                "no link of somebody else taken over",
                $"Create of {operation.Urn} took the link of job {start.Id}, started by "
                    + (starter?.Urn ?? "the console")
            );
        }
    }
}
