using System.Collections.Concurrent;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>How a search for a broken promise ended.</summary>
/// <param name="Lived">How many histories were lived through.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Failures">The first failures, each with its seed and its shrunk script.</param>
internal sealed record SearchResult(int Lived, TimeSpan Took, IReadOnlyCollection<string> Failures)
{
    public string Summary => FormattableString.Invariant($"{Lived} histories in {Took.TotalSeconds:0.0} s");
}

/// <summary>
/// Looks for a broken promise among random histories, on all cores; each history has a test environment of its own.
/// </summary>
internal static class Search
{
    private const int Size = 50;

    private static readonly Arbitrary<Script> Scripts = Arb.From(Generation.Scripts, Shrinking.Of);

    public static SearchResult Run(ulong seed, int count, ProviderVariant? variant = null, int mostFailures = 1)
    {
        var watch = Stopwatch.StartNew();
        var lived = 0;
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, count, (index, loop) =>
        {
            if (Check(seed + (ulong)index, variant) is { } failed)
                failures.Enqueue(failed);

            if (failures.Count >= mostFailures)
                loop.Stop();

            Interlocked.Increment(ref lived);
        });
        return new SearchResult(lived, watch.Elapsed, failures);
    }

    /// <summary>The history of a seed: null when it keeps every promise, otherwise what FsCheck shrank it to.</summary>
    private static string? Check(ulong seed, ProviderVariant? variant)
    {
        var runner = new Runner(seed);
        var replay = new Replay(new Rnd(seed), FSharpOption<int>.Some(Size));
        var config = Config.Quick.WithMaxTest(1).WithReplay(FSharpOption<Replay>.Some(replay)).WithRunner(runner);
        FsCheck.Check.One(config, Prop.ForAll(Scripts, script => { _ = History.Live(script, variant); }));
        return runner.Failure;
    }

    /// <summary>Keeps what FsCheck found, in the words of <see cref="Notation"/>.</summary>
    private sealed class Runner(ulong seed) : IRunner
    {
        public string? Failure { get; private set; }

        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(
            int ntest, Microsoft.FSharp.Collections.FSharpList<object> args, FSharpFunc<int,
            FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(
            Microsoft.FSharp.Collections.FSharpList<object> args,
            FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, FsCheck.TestResult result)
        {
            if (result is FsCheck.TestResult.Failed failed)
            {
                var (original, shrunk) = (failed.Item2[0], failed.Item3[0]);
                var reason = failed.Item4 is FsCheck.Outcome.Failed outcome ? outcome.Item : null;
                Failure = $"SEED={seed} HISTORIES=1 breaks a promise. {reason?.Message}{Environment.NewLine}    "
                    + $"[InlineData(\"{shrunk}\")]{Environment.NewLine}from: "
                    + $"{original}{Environment.NewLine}{reason?.GetType().Name} {reason?.StackTrace}";
            }
        }
    }
}
