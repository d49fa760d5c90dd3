namespace QingCloudMySqlStandby.Plugin;

/// <summary>What an error reports to the engine about the resource; the numbers are gRPC's.</summary>
internal enum PluginErrorCode
{
    /// <summary>Nothing happened: the request cannot be carried out as it stands.</summary>
    FailedPrecondition = 9,

    /// <summary>Nothing happened: the request makes no sense.</summary>
    InvalidArgument = 3,

    /// <summary>Nothing happened: the cloud could not be reached or would not answer.</summary>
    Unavailable = 14,

    /// <summary>Nothing happened: the credentials are missing or refused.</summary>
    Unauthenticated = 16,

    /// <summary>Nothing happened: the credentials do not allow it.</summary>
    PermissionDenied = 7,

    /// <summary>Nothing happened: the call was cancelled before anything began.</summary>
    Cancelled = 1,

    /// <summary>Nothing happened: time ran out before anything began.</summary>
    DeadlineExceeded = 4,

    /// <summary>The method or token is not one of this provider's.</summary>
    Unimplemented = 12,

    /// <summary>Something may have happened: what it was must be found out before it is tried again.</summary>
    Unknown = 2,
}

/// <summary>An error that the user sees, worded for the user.</summary>
internal class PluginException(PluginErrorCode code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What the error reports to the engine.</summary>
    public PluginErrorCode Code { get; } = code;
}

/// <summary>The resource exists but is not ready. The engine saves the id and state given here, reports the reasons,
/// and calls Update on the next run even when no input has changed.</summary>
internal sealed class ResourceInitException(
    string id,
    PropertyMap state,
    PropertyMap inputs,
    IReadOnlyList<string> reasons
) : Exception(string.Join(' ', reasons))
{
    /// <summary>The resource's id.</summary>
    public string Id { get; } = id;

    /// <summary>The state that is certain.</summary>
    public PropertyMap State { get; } = state;

    /// <summary>The inputs that the state belongs to.</summary>
    public PropertyMap Inputs { get; } = inputs;

    /// <summary>Why it is not ready, and what to do.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
