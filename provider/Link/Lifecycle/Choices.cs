namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What a user may do about a link that is not started over that job without consent.</summary>
internal sealed record Choices(StandbyInputs Declared, string? JobId)
{
    /// <summary>Whether the state file has the resource.</summary>
    public bool IsInState { get; init; } = true;

    /// <summary>Whether <c>promoted: true</c> accepts how things are.</summary>
    public bool Accepts { get; init; } = true;

    public string ClusterId => Declared.ClusterId;

    public override string ToString()
    {
        var accepting = Accepts ? "- promoted: true accepts the failover and keeps the resource;\n" : "";
        var leaving = IsInState
            ? "removing the resource from the program, or from the state (pulumi state delete),"
            : "leaving the resource out of the program";
        var other =
            Declared.RelinkAfter is { } named && named != JobId
                ? $" (relinkAfter names {named}, which is not the last thing that happened to the cluster)"
                : "";
        return $"Choose:\n{accepting}- {leaving} leaves the cluster as it is;\n- relinkAfter: {JobId} starts the link "
            + $"again, which OVERWRITES what was written to the standby since{other}.";
    }
}
