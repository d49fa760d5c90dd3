namespace QingCloudMySqlStandby.Link;

/// <summary>Why something is not done. <see cref="Messages"/> words each.</summary>
internal enum RefusalKind
{
    /// <summary>Another user's operation is under way on the standby.</summary>
    Busy,

    /// <summary><c>relinkAfter</c> is an instant that has not come yet.</summary>
    ConsentInFuture,

    /// <summary>The link was certainly started by another resource, program or user.</summary>
    AnothersLink,

    /// <summary>The start job does not say whose the link is.</summary>
    UnclearOwner,

    /// <summary>There is a link, and the job that started it is not seen.</summary>
    UnseenStart,

    /// <summary>The link that is to be promoted replicates from another source than the declared one.</summary>
    AnotherSource,

    /// <summary>The password is the placeholder that an import put there.</summary>
    PlaceholderPassword,

    /// <summary>The source is no cluster of this account, so that it cannot be made read-only.</summary>
    SourceCannotBeFenced,

    /// <summary>Another user's set_readonly is under way on the source.</summary>
    SourceBusy,

    /// <summary>set_readonly on the source failed.</summary>
    FenceFailed,

    /// <summary>QingCloud refused to make the source writable again.</summary>
    FenceNotLifted,

    /// <summary><c>promoted: true</c>, and there is neither a link nor a promotion to accept.</summary>
    NothingToPromote,

    /// <summary>The link ended, and no visible job explains it.</summary>
    UnexplainedEnd,

    /// <summary><c>promoted</c> was true and is now false, without consent.</summary>
    PromotionTakenBack,

    /// <summary>The standby was failed over.</summary>
    FailedOver,

    /// <summary>What links the standby, or linked it, cannot be seen.</summary>
    NotSeen,

    /// <summary>The link that is to be stopped is not this resource's.</summary>
    NotItsOwn,

    /// <summary>There is no such cluster.</summary>
    NoCluster,

    /// <summary>The cluster is not listed, and nothing shows that it was deleted.</summary>
    ClusterNotSeen,

    /// <summary>The cluster is not active.</summary>
    NotActive,

    /// <summary>An operation that the jobs do not show is under way on the cluster.</summary>
    InTransition,

    /// <summary>The link would close a circle.</summary>
    Circle,

    /// <summary>Whether the link would close a circle could not be read.</summary>
    CircleNotSeen,

    /// <summary>QingCloud refused to start the link: there may be one already.</summary>
    MayBeLinked,

    /// <summary>QingCloud refused to stop the link: there may be none.</summary>
    MayBeUnlinked,

    /// <summary>There is no link to import.</summary>
    NothingToImport,

    /// <summary>There is a link, but its source could not be read in full.</summary>
    SourceNotReadable,

    /// <summary>The inputs are not valid.</summary>
    InvalidInputs,
}

/// <summary>What the user is warned of. <see cref="Messages"/> words each.</summary>
internal enum WarningKind
{
    /// <summary>The standby was failed over, and the program has not accepted it.</summary>
    FailedOver,

    /// <summary>What links the standby cannot be seen.</summary>
    NotSeen,

    /// <summary>A start failed.</summary>
    StartFailed,

    /// <summary>What was written to the standby is overwritten.</summary>
    Overwrites,

    /// <summary>A deletion leaves the standby without the link that was to be started again.</summary>
    RestartGivenUp,

    /// <summary>A deletion promotes the standby.</summary>
    DeletePromotes,

    /// <summary>A deletion leaves the source read-only.</summary>
    SourceStaysReadOnly,

    /// <summary>The credentials do not allow to look whether the link closes a circle.</summary>
    CircleNotChecked,

    /// <summary>Whether this resource left the source read-only could not be read.</summary>
    SourceNotChecked,

    /// <summary>The link is adopted although nothing shows that it is there.</summary>
    AdoptedUnseen,

    /// <summary>A cluster of a new link is not set up as QingCloud requires.</summary>
    Parameters,

    /// <summary>There are no credentials: the preview did not look at the cloud.</summary>
    NotLooked,

    /// <summary>There is no link to import or to read.</summary>
    NoLink,
}

/// <summary>An operation that is refused. Nothing was changed by it.</summary>
internal sealed class RefusalException(RefusalKind kind, string message, Exception? innerException = null)
    : PluginException(PluginErrorCode.FailedPrecondition, message, innerException)
{
    /// <summary>Why it is refused.</summary>
    public RefusalKind Kind { get; } = kind;
}
