namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Where a link stands; all but None and Stopping are values of the output <c>state</c>.</summary>
internal enum LinkState
{
    /// <summary>There is no link, and nothing shows that there was one.</summary>
    None,

    /// <summary>start_standby is under way; in a state file also: it did not succeed yet, or its stop was made and it
    /// was not.</summary>
    Starting,

    /// <summary>The standby replicates.</summary>
    Replicating,

    /// <summary>promote_standby is under way.</summary>
    Promoting,

    /// <summary>The standby was promoted: it may be the live primary.</summary>
    Promoted,

    /// <summary>stop_standby is under way.</summary>
    Stopping,

    /// <summary>The link was cut: the standby may be the live primary.</summary>
    Stopped,
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
