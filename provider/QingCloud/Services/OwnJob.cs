namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Finds among a cluster's jobs the one that a call of ours started, when the call's answer was lost. A job's
/// directive echoes the call that made it: the job is found by <c>req_id</c> or signature. Where a new job shows neither,
/// it may be ours or another's; what it does is no evidence of who asked for it.</summary>
internal static class OwnJob
{
    /// <summary>The id of the job that the call started; null where no job shows that it is.</summary>
    public static string? Find(IReadOnlyList<Job> jobs, ServiceCall call, IEnumerable<SecretText> signatures) =>
        jobs.FirstOrDefault(job => IsOurs(job.Request?.Sender, call, signatures))?.Id;

    /// <summary>Whether the job does not say whose call made it, so that it may be ours.</summary>
    public static bool IsSilent(Job job) =>
        job.Request?.Sender is null or { RequestId: null, Signature: null, Channel: null or Sender.Api };

    private static bool IsOurs(Sender? sender, ServiceCall call, IEnumerable<SecretText> signatures) =>
        sender is not null
        && (
            (sender.RequestId is { } id && id == call.RequestId)
            || (sender.Signature is { } signature && signatures.Any(signature.Equals))
        );
}
