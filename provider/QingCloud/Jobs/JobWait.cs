namespace QingCloudMySqlStandby.QingCloud.Jobs;

/// <summary>One caller that waits for one job.</summary>
internal sealed class JobWait(string jobId, Action<Job> progress, long begunAt)
{
    private readonly TaskCompletionSource<Job> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string JobId { get; } = jobId;

    public long BegunAt { get; } = begunAt;

    public Task<Job> Ended => _ended.Task;

    /// <summary>When its next look is due, as a timestamp.</summary>
    public long DueAt { get; set; }

    /// <summary>The pause before that look.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Whether it still waits for its first look.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Whether QingCloud did not know the job when last asked: then it is asked for apart from the others.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>Takes what a look showed. A fault of the caller's own progress ends this wait and no other.</summary>
    public void Show(Job job)
    {
        IsUnknown = false;
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        try
        {
            progress(job);
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        if (job.HasEnded)
        {
            _ended.TrySetResult(job);
        }
    }

    public void Fail(Exception failure) => _ended.TrySetException(failure);

    public void Cancel(CancellationToken cancellationToken) => _ended.TrySetCanceled(cancellationToken);
}
