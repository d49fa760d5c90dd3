namespace QingCloudMySqlStandby.QingCloud;

/// <summary>Tells in a cluster's history the job that a call of ours started from the jobs of others.</summary>
internal static class OwnJob
{
    /// <summary>
    /// The job among those made since the call was sent. A job whose request can be read is ours when service and parameters are
    /// those that we sent. A job that cannot be read is taken for ours when it is the only one: a cluster runs one operation at a
    /// time, so another's would have had ours refused, and starting a second one is the worse mistake.
    /// </summary>
    public static Job? Find(IReadOnlyList<Job> made, ServiceCall call) =>
        made.FirstOrDefault(job => job.Request is { } request && IsSame(request, call))
        ?? (made is [var only] && MayBe(only.Request, call) ? only : null);

    private static bool MayBe(ServiceRequest? request, ServiceCall call) =>
        request is null || (request.Service == call.Service && request.Link is null && call.Link is not null);

    private static bool IsSame(ServiceRequest request, ServiceCall call) =>
        request.Service == call.Service
        && (call.Link is null || (request.Link is { } link && IsSame(link, call.Link)));

    private static bool IsSame(LinkParameters made, LinkParameters sent) =>
        made with { Password = sent.Password } == sent && IsSame(made.Password, sent.Password);

    // A directive may come without its password, or with asterisks in its place.
    private static bool IsSame(SecretText made, SecretText sent) => made.Reveal().All(c => c == '*') || made.Equals(sent);
}
