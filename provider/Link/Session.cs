namespace QingCloudMySqlStandby.Link;

/// <summary>One run of the engine with one configuration: what its operations share.</summary>
internal sealed record Session(IQingCloud Cloud, IEngineLog Log, TimeProvider Time, Random Random, bool LooksInPreviews)
{
    /// <summary>A tab costs a call for each resource; a preview of a hundred resources would make a hundred. Operations
    /// read every tab that they need.</summary>
    private const int MostTabsOfPreviews = 5;

    /// <summary>A comparison of parameters costs three calls for each new link. Clusters that are linked together are
    /// mostly made alike.</summary>
    private const int MostComparisons = 3;

    /// <summary>Most stacks have one link or two; a refresh of a hundred must not make a hundred calls more.</summary>
    private const int MostTabsOfRefreshes = 2;

    private int _tabsOfPreviews;
    private int _tabsOfRefreshes;
    private int _comparisons;
    private int _blindPreviews;

    public Incarnations Incarnations { get; } = new();

    /// <summary>Whether a preview may read a tab, and is about to.</summary>
    public bool MayPreviewTab() => Interlocked.Increment(ref _tabsOfPreviews) <= MostTabsOfPreviews;

    /// <summary>Whether a refresh may read a tab although the jobs leave nothing open, and is about to.</summary>
    public bool MayRefreshTab() => Interlocked.Increment(ref _tabsOfRefreshes) <= MostTabsOfRefreshes;

    /// <summary>Whether a preview may compare the parameters of a new link's clusters, and is about to.</summary>
    public bool MayCompareParameters() => Interlocked.Increment(ref _comparisons) <= MostComparisons;

    /// <summary>Whether no preview of this run has said yet that it did not look: one line is enough.</summary>
    public bool IsFirstBlindPreview() => Interlocked.Increment(ref _blindPreviews) == 1;

    /// <summary>Warns the user; the kind is for whoever reads the debug log.</summary>
    public void Warn(string urn, WarningKind kind, string message)
    {
        Log.Debug(urn, $"warning {kind}");
        Log.Warning(urn, message);
    }

    /// <summary>Begins an operation.</summary>
    public Operation Begin(
        string urn,
        TimeSpan limit,
        CancellationToken cancellationToken,
        TimeSpan reserve = default
    ) => new(this, urn, limit, reserve, cancellationToken);
}
