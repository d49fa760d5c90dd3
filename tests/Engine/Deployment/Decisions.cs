using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a run has decided so far about each resource.</summary>
internal sealed class Decisions
{
    /// <summary>The URNs that the program has registered.</summary>
    public HashSet<Urn> Registered { get; } = [];

    public HashSet<Urn> Sames { get; } = [];
    public HashSet<Urn> Creates { get; } = [];
    public HashSet<Urn> Updates { get; } = [];
    public HashSet<Urn> Replaces { get; } = [];
    public HashSet<Urn> Deletes { get; } = [];
    public HashSet<Urn> Imports { get; } = [];

    /// <summary>What would have been created, had it been a target, or were this no destroy.</summary>
    public HashSet<Urn> SkippedCreates { get; } = [];

    /// <summary>The resources that are deleted for a replacement before the program has come to them.</summary>
    public HashSet<Entry> Condemned { get; } = [];

    /// <summary>Of a destroy that runs the program: what it registered, to be deleted in the end.</summary>
    public List<Entry> ToDelete { get; } = [];

    /// <summary>The new names of resources that had others.</summary>
    public Dictionary<Urn, Urn> Renamed { get; } = [];

    /// <summary>What steps have made of resources.</summary>
    public ConcurrentDictionary<Urn, Entry> News { get; } = [];

    public void SetNew(Entry news) => News[news.Urn] = news;

    /// <summary>Whether a resource of the old state is accounted for; otherwise it is deleted in the end.</summary>
    public bool IsOperatedOn(Urn urn)
    {
        var now = Renamed.GetValueOrDefault(urn, urn);
        return Sames.Contains(now) || Updates.Contains(now) || Replaces.Contains(now);
    }

    public bool HasStep(Urn urn) =>
        Creates.Contains(urn)
        || Sames.Contains(urn)
        || Updates.Contains(urn)
        || Deletes.Contains(urn)
        || Replaces.Contains(urn);
}
