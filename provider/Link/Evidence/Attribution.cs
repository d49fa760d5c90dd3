namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Who submitted a job.</summary>
internal enum Submitter
{
    /// <summary>The directive does not show it.</summary>
    Unknown,

    /// <summary>The very resource that asks, in this or an earlier run.</summary>
    ThisResource,

    /// <summary>Another resource of this package in the same stack.</summary>
    SameStack,

    /// <summary>A resource of this package in another stack.</summary>
    OtherStack,

    /// <summary>A program with the access key that this provider uses; it may be this provider.</summary>
    SameKey,

    /// <summary>A resource of this package; which one is not asked.</summary>
    SomeResource,

    /// <summary>A program or person that is not this provider.</summary>
    AnotherProgram,

    /// <summary>A user at QingCloud's console.</summary>
    Console,

    /// <summary>QingCloud itself.</summary>
    QingCloud,
}

/// <summary>Whose a job is. It is read from the job itself, for the directive echoes the call that made it:
/// <list type="number">
/// <item>A <c>req_id</c> of this package names the resource and what the call was for. That is exact.</item>
/// <item>A channel other than <c>api</c> is a user at the console, or (<c>internal</c>) QingCloud itself.</item>
/// <item>Any other <c>req_id</c>, or none where QingCloud echoes it in other jobs of the cluster, is another program's:
/// this provider always sends its own.</item>
/// <item>Where none is echoed, another access key is another program's; the same one may be this provider's.</item>
/// <item>Where neither is echoed, the job does not say.</item>
/// </list>
/// The last two show no owner. Without a <c>req_id</c> of this package the purpose is null.</summary>
internal sealed record Attribution(Submitter By, Purpose? Purpose = null)
{
    public static Attribution Unknown { get; } = new(Submitter.Unknown);

    /// <summary>Whether it is certain that the resource that asks did not submit the job.</summary>
    public bool IsAnother => By is not (Submitter.Unknown or Submitter.ThisResource or Submitter.SameKey);

    /// <summary>The submitter in words, for the end of a sentence.</summary>
    public string Words =>
        By switch
        {
            Submitter.ThisResource => Purpose switch
            {
                Evidence.Purpose.StopToDelete or Evidence.Purpose.PromoteToDelete =>
                    "this resource, when it was deleted",
                Evidence.Purpose.StopToStart => "this resource, to start it again",
                _ => "this resource",
            },
            Submitter.SameStack => "another resource of this stack",
            Submitter.OtherStack => "a resource of another stack",
            Submitter.SameKey => "a program with this provider's access key",
            Submitter.SomeResource => "a resource of this provider",
            Submitter.AnotherProgram => "another program or user",
            Submitter.Console => "a user at the console",
            Submitter.QingCloud => "QingCloud itself",
            _ => "an unknown user",
        };
}

/// <summary>Attributes a cluster's jobs, as one resource sees them; a function has none. The provider's access key is
/// null where it changes, as an instance role's does. Whether QingCloud echoes <c>req_id</c> shows in any of the
/// jobs.</summary>
internal sealed class Attributions(ResourceIdentity? self, SecretText? accessKeyId, IReadOnlyList<Job> jobs)
{
    private readonly bool _echoesRequestIds = jobs.Any(job => job.Request?.Sender.RequestId is not null);

    public Attribution Of(Job? job) =>
        job?.Request?.Sender is not { } sender ? Attribution.Unknown
        : RequestId.Read(sender.RequestId) is { } id ? Of(id)
        : new Attribution(Other(sender));

    private Attribution Of(RequestId id)
    {
        var by =
            self is null ? Submitter.SomeResource
            : id.Resource.Stack != self.Stack ? Submitter.OtherStack
            : id.Resource.Resource != self.Resource ? Submitter.SameStack
            : Submitter.ThisResource;
        return new Attribution(by, id.Purpose);
    }

    private Submitter Other(Sender sender) =>
        sender switch
        {
            { Channel: Sender.Internal } => Submitter.QingCloud,
            { Channel: { } channel } when channel != Sender.Api => Submitter.Console,
            _ when _echoesRequestIds => Submitter.AnotherProgram,
            { AccessKeyId: { } key } when accessKeyId is not null => key.Equals(accessKeyId)
                ? Submitter.SameKey
                : Submitter.AnotherProgram,
            _ => Submitter.Unknown,
        };
}
