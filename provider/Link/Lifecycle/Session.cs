namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>One run of the engine with one configuration: what its operations share.</summary>
internal sealed record Session(IQingCloud Cloud, IEngineLog Log, TimeProvider Time, Random Random, bool LooksInPreviews)
{
    /// <summary>A tab shows a link that is older than the job history; reading one for each of a hundred resources
    /// would cost a hundred calls. Create reads it in any case.</summary>
    private const int MostTabsOfPreviews = 5;

    private int _tabsOfPreviews;

    public Incarnations Incarnations { get; } = new();

    /// <summary>Whether a preview may read a tab, and is about to.</summary>
    public bool MayPreviewTab() => Interlocked.Increment(ref _tabsOfPreviews) <= MostTabsOfPreviews;

    public Operation Begin(string urn, TimeSpan limit, CancellationToken cancellationToken) =>
        new(this, urn, limit, new CancellationTokenSource(limit, Time), cancellationToken);
}
