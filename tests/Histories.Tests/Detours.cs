using QingCloudMySqlStandby.Histories.Playing;
using QingCloudMySqlStandby.Histories.Scripts;

namespace QingCloudMySqlStandby.Histories;

/// <summary>Two ways to one program end alike: from A to B directly, and from A to C to B. The same clusters replicate from
/// the same sources with the same accounts, the same ones are read-only, and a standby whose program says <c>full</c> holds
/// the same data. With <c>increment</c> a standby continues with the data that it has: what C's source wrote there stays,
/// so that its data may differ.</summary>
public sealed class Detours(ITestOutputHelper output)
{
    private const int Ways = 300;

    [Fact]
    public void A_detour_ends_where_the_direct_way_ends()
    {
        var differing = Enumerable
            .Range(1, Ways)
            .AsParallel()
            .AsOrdered()
            .Select(seed => new Generator(new Random(seed)))
            .Select(generator => (Begin: Inputs(generator), Detour: Inputs(generator), End: Inputs(generator)))
            .Select(way => (Direct: $"{way.Begin}; {way.End}", Detour: $"{way.Begin}; {way.Detour}; {way.End}"))
            .Where(way => !EndOf(way.Direct).SequenceEqual(EndOf(way.Detour)))
            .ToList();
        foreach (var (direct, detour) in differing)
            output.WriteLine($"{direct}\n  {Shown(direct)}\n{detour}\n  {Shown(detour)}");

        Assert.Empty(differing);
    }

    private static string Inputs(Generator generator) => generator.Expand("set x {inputs}; up; wait 10m");

    private static string Shown(string script) => string.Join("\n  ", EndOf(script));

    private static IEnumerable<ClusterEnd> EndOf(string script)
    {
        var isFull = Script.Parse(script).Steps.Last(step => step.Verb == "set")["way"] == "full";
        return History
            .Play(Script.Parse($"write S; write T; {script}; write S; calm relink"))
            .End.Select(cluster => cluster with { Data = isFull ? cluster.Data : "", Source = Plain(cluster.Source) });
    }

    /// <summary>A host in another spelling is the same host.</summary>
    private static SourceEndpoint? Plain(SourceEndpoint? source) =>
        source is null ? null : source with { Host = source.Host.ToLowerInvariant().TrimEnd('.') };
}
