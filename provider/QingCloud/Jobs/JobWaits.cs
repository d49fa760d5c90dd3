using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Jobs;

/// <summary>Waits for jobs. The older a job, the longer the pause between looks at it. Looks fall on the beats of one
/// clock, every 2, 4, 8 ... 64 seconds, so that those that are due together are one call: a hundred waits cost little
/// more than one.</summary>
internal sealed class JobWaits(ZoneReaders zones, ServerClock clock, TimeProvider time)
{
    private const double FirstPause = 1;
    private const double ShortestPause = 2;
    private const double LongestPause = 64;

    /// <summary>The longest pause, as a part of the job's age.</summary>
    private const double MostOfAge = 0.06;

    /// <summary>How long a job that has just been made may take to be listed.</summary>
    public static readonly TimeSpan ListingDelay = TimeSpan.FromMinutes(1);

    public async Task<Job> WaitAsync(
        string zone,
        string jobId,
        Action<Job> progress,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var begun = Now;
        for (var look = begun + FirstPause; ; )
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, look - Now)), time, cancellationToken);
            var job = await zones.Of(zone).FindJobAsync(jobId, terms.Endless, cancellationToken);
            if (job is not null)
                progress(job);
            else if (Now - begun >= ListingDelay.TotalSeconds)
                throw Unknown(zone, jobId);

            if (job is { HasEnded: true })
                return job;

            var age = job is null ? Now - begun : (clock.UtcNow - job.CreatedAt).TotalSeconds;
            look = LookAfter(Math.Max(look, Now - ShortestPause), age);
        }
    }

    private double Now => time.GetElapsedTime(0).TotalSeconds;

    /// <summary>The last beat within the longest pause that the job's age allows.</summary>
    private static double LookAfter(double last, double age)
    {
        var longest = Math.Clamp(age * MostOfAge, ShortestPause, LongestPause);
        var beat = Math.Pow(2, Math.Floor(Math.Log2(longest)));
        var look = Math.Floor((last + longest) / beat) * beat;
        return look - last < ShortestPause ? look + beat : look;
    }

    private static QingCloudException Unknown(string zone, string jobId) =>
        new(
            FailureKind.NotFound,
            $"QingCloud lists no job {jobId} in zone {zone}. Check in the console which operations ran on the cluster, and "
                + "that the zone is right."
        );
}
