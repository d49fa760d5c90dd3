using System.Collections.Concurrent;
using System.Diagnostics;
using QingCloudMySqlStandby.Histories.Broken;
using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Histories.Playing;
using QingCloudMySqlStandby.Histories.Scripts;

namespace QingCloudMySqlStandby.Histories;

/// <summary>A broken promise, and the simplest script that was found to break it.</summary>
internal sealed record Failure(int Seed, Violation Violation, Script Script)
{
    public override string ToString() =>
        $"SEED={Seed} breaks promise {Violation.Promise}: {Violation.Description}{Environment.NewLine}    "
        + $"[InlineData(\"{Script}\")]";
}

/// <summary>Plays random histories on all cores. History n has the seed SEED + n.</summary>
internal sealed class Search(int seed, int count)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, int> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _excused = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _played;
    private long _reported;

    /// <summary>A provider that is broken on purpose; null for the provider as it is.</summary>
    public BrokenBuild? Broken { get; init; }

    /// <summary>What the histories have in common, see <see cref="Generator.Draw"/>.</summary>
    public string? Theme { get; init; }

    /// <summary>Violations that are not searched for.</summary>
    public Func<Violation, bool> Skips { get; init; } = _ => false;

    /// <summary>After how many failures the search ends.</summary>
    public int MostFailures { get; init; } = 1;

    /// <summary>Gets a line now and then.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    public IReadOnlyDictionary<string, int> Reached => _reached;

    public IReadOnlyDictionary<string, int> Excused => _excused;

    /// <summary>What was played, and how often each limit excused something.</summary>
    public string Summary =>
        $"{_played} histories from seed {seed} in {_watch.Elapsed.TotalSeconds:f0} s; excused: "
        + string.Join(
            ", ",
            _excused.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} {each.Value}")
        );

    /// <summary>Plays, and shrinks what breaks a promise.</summary>
    public IReadOnlyList<Failure> Run(bool shrinks = true)
    {
        var failures = new ConcurrentBag<Failure>();
        Parallel.For(
            seed,
            seed + count,
            (each, loop) =>
            {
                var script = new Generator(new Random(each)).Draw(Theme);
                var outcome = History.Play(script, Broken);
                Count(outcome);
                if (outcome.Violations.FirstOrDefault(found => !Skips(found)) is not { } violation)
                    return;

                failures.Add(shrinks ? Shrunk(each, script, violation) : new Failure(each, violation, script));
                if (failures.Count >= MostFailures)
                    loop.Break();
            }
        );
        return [.. failures.OrderBy(failure => failure.Seed)];
    }

    private Failure Shrunk(int failed, Script script, Violation violation)
    {
        var shrunk = Shrinker.Shrink(script, candidate => Find(candidate) is not null);
        return new Failure(failed, Find(shrunk) ?? violation, shrunk);

        Violation? Find(Script candidate) =>
            History
                .Play(candidate, Broken)
                .Violations.FirstOrDefault(each => each.Promise == violation.Promise && !Skips(each));
    }

    private void Count(Outcome outcome)
    {
        var played = Interlocked.Increment(ref _played);
        foreach (var (what, times) in outcome.Reached)
            _reached.AddOrUpdate(what, times, (_, before) => before + times);
        foreach (var (limit, times) in outcome.Excused)
            _excused.AddOrUpdate(limit.Name, times, (_, before) => before + times);

        var due = Interlocked.Read(ref _reported) + ProgressEvery.Ticks;
        var now = _watch.Elapsed.Ticks;
        if (
            now >= due
            && Interlocked.CompareExchange(ref _reported, now, due - ProgressEvery.Ticks) == due - ProgressEvery.Ticks
        )
            Progress($"{played} of {count} histories");
    }
}
