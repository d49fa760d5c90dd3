namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Finds among a cluster's jobs the one that a call of ours started, when the call's answer was lost. A job's
/// directive echoes the call that made it: where it shows the <c>req_id</c> or the signature, the job is found exactly.
/// Where it shows neither, the job is found by what it does, and that is a guess.</summary>
internal static class OwnJob
{
    /// <summary>The job that the call started; null where there is none. <paramref name="isNew"/> says whether a job
    /// was made since the call was decided on.</summary>
    public static SubmittedJob? Find(
        IReadOnlyList<Job> jobs,
        Func<Job, bool> isNew,
        ServiceCall call,
        IEnumerable<SecretText> signatures
    )
    {
        if (jobs.FirstOrDefault(job => IsExactly(job.Request?.Sender, call, signatures)) is { } own)
            return new SubmittedJob(own.Id);

        List<Job> silent = [.. jobs.Where(job => isNew(job) && IsSilent(job.Request?.Sender))];
        return Guess(silent, call) is { } guessed ? new SubmittedJob(guessed.Id, IsGuess: true) : null;
    }

    private static bool IsExactly(Sender? sender, ServiceCall call, IEnumerable<SecretText> signatures) =>
        sender is not null
        && (
            (sender.RequestId is { } id && id == call.RequestId)
            || (sender.Signature is { } signature && signatures.Any(signature.Equals))
        );

    /// <summary>Whether the directive leaves open whose call it was.</summary>
    private static bool IsSilent(Sender? sender) =>
        sender is null or { RequestId: null, Signature: null, Channel: null or Sender.Api };

    /// <summary>A job whose request can be read is ours when service and parameters are those that we sent. A job that
    /// cannot be read is taken for ours when it is the only one: a cluster runs one operation at a time, so another's
    /// would have had ours refused, and starting a second one is the worse mistake.</summary>
    private static Job? Guess(List<Job> made, ServiceCall call) =>
        made.FirstOrDefault(job => job.Request is { } request && IsSame(request, call))
        ?? (made is [var only] && MayBe(only.Request, call) ? only : null);

    private static bool MayBe(ServiceRequest? request, ServiceCall call) =>
        request is null || (request.Service == call.Service && request.Link is null && call.Link is not null);

    private static bool IsSame(ServiceRequest request, ServiceCall call) =>
        request.Service == call.Service && (call.Link is null || (request.Link is { } link && IsSame(link, call.Link)));

    // A directive may come without its password, or with asterisks in its place.
    private static bool IsSame(LinkParameters made, LinkParameters sent) =>
        made with { Password = sent.Password } == sent
        && (made.Password.Reveal().All(c => c == '*') || made.Password.Equals(sent.Password));
}
