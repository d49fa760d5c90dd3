namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What kind of failure a call met.</summary>
public enum FailureKind
{
    /// <summary>The credentials are missing (nothing was sent).</summary>
    NoCredentials,

    /// <summary>The credentials are wrong or expired (ret_code 1200, or 1300 that a corrected clock did not
    /// mend).</summary>
    Unauthenticated,

    /// <summary>The credentials do not allow the call, or the resource's state does not (ret_code 1400).</summary>
    PermissionDenied,

    /// <summary>The request is malformed or names something wrong (1100, 1101, 3300, 8xxx).</summary>
    InvalidRequest,

    /// <summary>The resource does not exist (2100).</summary>
    NotFound,

    /// <summary>A limit of the account: quota, balance, licence, resources (2400, 2500 for quota, 4xxx,
    /// 5200).</summary>
    Exhausted,

    /// <summary>QingCloud cannot do it now: nothing was done, and it may be tried later (please try later, 5300, 2500
    /// for rate).</summary>
    Temporary,

    /// <summary>QingCloud could not be reached, or answered with something that is no answer.</summary>
    Unreachable,

    /// <summary>A call that changes something was sent, and whether it started a job could not be found out.</summary>
    Ambiguous,

    /// <summary>Any other failure that QingCloud reports.</summary>
    Other,
}

/// <summary>A failed call. The message says which action failed on what, QingCloud's ret_code and message, and what to
/// do; a secret of this process in it is taken out.</summary>
internal sealed class QingCloudException(
    FailureKind kind,
    string message,
    int? returnCode = null,
    Exception? innerException = null
) : Exception(Sanitizer.WithoutSecrets(message), innerException)
{
    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; } = kind;

    /// <summary>QingCloud's ret_code, where it answered with one.</summary>
    public int? ReturnCode { get; } = returnCode;

    /// <summary>What QingCloud itself said.</summary>
    internal string Said { get; init; } = "";

    /// <summary>Whether the same call may succeed a little later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether the account's calls are being limited: waiting helps, and asking on makes it worse.</summary>
    internal bool IsRateLimit { get; init; }

    /// <summary>Whether a call that changes something may have done so although it failed.</summary>
    internal bool MayHaveActed { get; init; }
}
