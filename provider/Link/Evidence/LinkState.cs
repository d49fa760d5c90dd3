namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What is known of a cluster's link. All but <see cref="None"/> and <see cref="Stopping"/> are values of the
/// output <c>state</c>.</summary>
internal enum LinkState
{
    /// <summary>The cluster was never linked: its jobs show that.</summary>
    None,

    /// <summary>start_standby is under way. In a state file also: it did not succeed yet, or its stop was made and the
    /// start was not.</summary>
    Starting,

    /// <summary>The standby replicates.</summary>
    Replicating,

    /// <summary>promote_standby is under way. In a state file also: the source is read-only for it.</summary>
    Promoting,

    /// <summary>The standby was promoted: it may be the live primary.</summary>
    Promoted,

    /// <summary>stop_standby, or a stop of the cluster, is under way.</summary>
    Stopping,

    /// <summary>The link has ended without a promotion: the standby may be the live primary.</summary>
    Stopped,

    /// <summary>What could be read does not show whether there is a link, or was one.</summary>
    Unknown,
}

/// <summary>The words of the states, as users and state files have them: their names in lower case.</summary>
internal static class LinkStateText
{
    public static string Text(this LinkState state) => state.ToString().ToLowerInvariant();

    /// <summary>Reads the output <c>state</c>; null where it is none of its values.</summary>
    public static LinkState? Read(string? text) =>
        Enum.GetValues<LinkState>()
            .Cast<LinkState?>()
            .FirstOrDefault(state => state is not (LinkState.None or LinkState.Stopping) && state?.Text() == text);
}
