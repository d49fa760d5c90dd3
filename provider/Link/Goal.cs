namespace QingCloudMySqlStandby.Link;

/// <summary>Where a link is to be, and everything about it that the cloud does not show.</summary>
/// <param name="Recorded">What the state file says; null where there is none.</param>
/// <param name="Consent">What <c>relinkAfter</c> permits.</param>
/// <param name="Now">The current time.</param>
internal abstract record Goal(RecordedLink? Recorded, Consent Consent, DateTimeOffset Now)
{
    /// <summary>The link is to be as the program declares it.</summary>
    /// <param name="Declared">The inputs of the program.</param>
    /// <param name="Old">The inputs of the last update; null for a new resource.</param>
    internal sealed record Linked(
        StandbyInputs Declared,
        StandbyInputs? Old,
        RecordedLink? Recorded,
        DateTimeOffset Now
    ) : Goal(Recorded, Declared.Consent, Now)
    {
        /// <summary>The anchor in the state file: <see cref="Old"/> holds what that job started the link with.</summary>
        public string? OldAnchor { get; } = Recorded?.Anchor;

        /// <summary>Whether the state holds the placeholder of an import for the password. The program's is not another
        /// one then, also where a replacement brings no state.</summary>
        public bool IsPasswordImported { get; init; }
    }

    /// <summary>The resource is deleted.</summary>
    /// <param name="Promotes">Whether the standby is promoted (<c>onDelete: promote</c>).</param>
    internal sealed record Gone(RecordedLink? Recorded, bool Promotes, Consent Consent, DateTimeOffset Now)
        : Goal(Recorded, Consent, Now)
    {
        /// <summary>Whether a source that this resource made read-only stays so: the resource has been replaced by one
        /// on another cluster, whose switchover needs that.</summary>
        public bool KeepsFence { get; init; }
    }

    /// <summary>The resource is deleted as the first half of a replacement, whose second half starts the link
    /// again.</summary>
    /// <param name="Next">What the program declares on the same cluster; null where it is not known yet.</param>
    internal sealed record CutForReplacement(
        RecordedLink? Recorded,
        StandbyInputs? Next,
        Consent Consent,
        DateTimeOffset Now
    ) : Goal(Recorded, Consent, Now);
}
