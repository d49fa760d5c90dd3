using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>How waiting for a job came out: with the ended job, or interrupted for a reason (the job runs on in the cloud).</summary>
internal abstract record WaitOutcome
{
    internal sealed record Succeeded(Job Job) : WaitOutcome;

    internal sealed record Failed(Job Job) : WaitOutcome;

    internal sealed record Interrupted(string Reason, Job? LastSeen) : WaitOutcome;
}

/// <summary>Runs a standby service on a cluster, and waits for jobs with a live status line.</summary>
internal sealed class ServiceRun(IQingCloud cloud, TimeProvider time)
{
    /// <summary>Orders a service and returns its job's id.</summary>
    /// <param name="id">The standby.</param>
    /// <param name="role">The node role.</param>
    /// <param name="service">What to order.</param>
    /// <param name="link">What to start with; null for the other services.</param>
    /// <param name="seenJobs">The jobs that the decision to order it rests on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string> OrderAsync(
        StandbyId id,
        string role,
        string service,
        LinkParameters? link,
        IReadOnlyCollection<string> seenJobs,
        CancellationToken cancellationToken)
    {
        if (link?.Password.Reveal() == StandbyInputs.UnreadablePassword)
        {
            throw Refusal.UnreadablePassword();
        }

        return cloud.RunServiceAsync(new ServiceCall(id.Zone, id.ClusterId, role, service, link) { KnownJobs = seenJobs }, cancellationToken);
    }

    /// <summary>Waits for a job. From here on nothing is thrown: whatever happens, the job is known and must not be lost.</summary>
    public async Task<WaitOutcome> WaitAsync(Operation operation, string zone, string service, string jobId)
    {
        var began = time.GetUtcNow();
        Job? lastSeen = null;
        try
        {
            var job = await cloud.WaitForJobAsync(zone, jobId, Show, operation.Token);
            return job.Status == JobStatus.Successful ? new WaitOutcome.Succeeded(job) : new WaitOutcome.Failed(job);
        }
        catch (OperationCanceledException cancelled)
        {
            var last = cancelled.InnerException is QingCloudException error ? $" The last look at it failed: {error.Message}" : "";
            return new WaitOutcome.Interrupted(
                $"{operation.Interruption}; {service} job {jobId} runs on in the cloud.{last}", lastSeen);
        }
        catch (QingCloudException error)
        {
            return new WaitOutcome.Interrupted(
                $"{service} job {jobId} was accepted, but looking at it failed: {error.Message}", lastSeen);
        }

        void Show(Job job)
        {
            lastSeen = job;
            var age = Duration.Of(time.GetUtcNow() - Earlier(job.CreatedAt, began));
            operation.Log.Status(operation.Urn, $"{service}: job {job.Id} {job.RawStatus}, {age}");
        }
    }

    /// <summary>The status line of a resumed wait counts from the job's beginning, unless the clocks disagree.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
