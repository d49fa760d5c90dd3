namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>What Check or CheckConfig answered.</summary>
internal sealed record CheckAnswer(PropertyMap Inputs, IReadOnlyList<CheckFailure> Failures);

/// <summary>Whether Diff found changes.</summary>
internal enum DiffVerdict
{
    Unknown,
    None,
    Some,
}

/// <summary>What Diff or DiffConfig answered.</summary>
internal sealed record DiffAnswer(
    DiffVerdict Verdict,
    IReadOnlyDictionary<string, PropertyChangeKind> Changes,
    bool Replaces,
    bool DeleteBeforeReplace
)
{
    public static DiffAnswer None { get; } =
        new(DiffVerdict.None, new Dictionary<string, PropertyChangeKind>(), false, false);

    public static DiffAnswer Replacing(string reason) =>
        new(
            DiffVerdict.Some,
            new Dictionary<string, PropertyChangeKind> { [reason] = PropertyChangeKind.UpdateReplace },
            true,
            false
        );

    /// <summary>The same changes seen from the other side, as a refresh shows them.</summary>
    public DiffAnswer Inverted =>
        this with
        {
            Changes = Changes.ToDictionary(
                change => change.Key,
                change => Invert(change.Value),
                StringComparer.Ordinal
            ),
        };

    private static PropertyChangeKind Invert(PropertyChangeKind kind) =>
        kind switch
        {
            PropertyChangeKind.Add => PropertyChangeKind.Delete,
            PropertyChangeKind.AddReplace => PropertyChangeKind.DeleteReplace,
            PropertyChangeKind.Delete => PropertyChangeKind.Add,
            PropertyChangeKind.DeleteReplace => PropertyChangeKind.AddReplace,
            _ => kind,
        };
}

/// <summary>What Create, Read or Update answered.</summary>
/// <param name="Id">The id; empty from Read when the resource is gone.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Inputs">The inputs that Read answered; null where it answered none.</param>
/// <param name="RefreshBeforeUpdate">Whether the next run should read the resource first.</param>
/// <param name="Reasons">Why the resource is not ready; null when it is.</param>
internal sealed record ResourceAnswer(
    string Id,
    PropertyMap Outputs,
    PropertyMap? Inputs,
    bool RefreshBeforeUpdate,
    IReadOnlyList<string>? Reasons
);

/// <summary>A call of a provider that failed.</summary>
internal sealed class ProviderFailure(string message, bool isUnknown, Exception innerException)
    : Exception(message, innerException)
{
    /// <summary>Whether the code says that something may have happened.</summary>
    public bool IsUnknown { get; } = isUnknown;
}
