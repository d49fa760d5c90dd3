using System.Collections.Concurrent;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>How a search for a broken promise ended.</summary>
/// <param name="Lived">How many histories were lived through.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Failures">The first failures, each with its seed and its script.</param>
internal sealed record SearchResult(int Lived, TimeSpan Took, IReadOnlyList<string> Failures)
{
    public string Summary => FormattableString.Invariant($"{Lived} histories in {Took.TotalSeconds:0.0} s");
}

/// <summary>
/// Looks for a broken promise among random histories, on all cores; each history has a test environment of its own.
/// </summary>
internal static class Search
{
    private const int Size = 50;

    /// <summary>Lives through histories of the provider itself; a failure is shrunk.</summary>
    public static SearchResult Run(ulong seed, int count, int mostFailures) =>
        Run(seed, count, variant: null, mostFailures, Arb.From(Generation.Scripts, Shrinking.Of));

    /// <summary>Lives through histories of a provider that is broken on purpose, until one shows it.</summary>
    public static SearchResult Run(ulong seed, int count, ProviderVariant broken) =>
        Run(seed, count, broken, mostFailures: 1, Arb.From(Generation.Scripts));

    private static SearchResult Run(
        ulong seed,
        int count,
        ProviderVariant? variant,
        int mostFailures,
        Arbitrary<Script> scripts
    )
    {
        var watch = Stopwatch.StartNew();
        var lived = 0;
        var failures = new ConcurrentDictionary<int, string>();
        Parallel.For(
            0,
            count,
            (index, loop) =>
            {
                Interlocked.Increment(ref lived);
                if (Check(seed + (ulong)index, scripts, variant) is not { } failed)
                    return;

                // Earlier histories are still lived through: which failure is the first does not depend on the cores.
                failures[index] = failed;
                if (failures.Count >= mostFailures)
                    loop.Break();
            }
        );
        return new SearchResult(
            lived,
            watch.Elapsed,
            [.. failures.OrderBy(failure => failure.Key).Select(failure => failure.Value)]
        );
    }

    /// <summary>The history of a seed: null when it keeps every promise, otherwise what FsCheck shrank it to.</summary>
    private static string? Check(ulong seed, Arbitrary<Script> scripts, ProviderVariant? variant)
    {
        var runner = new Runner(seed);
        var replay = new Replay(new Rnd(seed), FSharpOption<int>.Some(Size));
        var config = Config.Quick.WithMaxTest(1).WithReplay(FSharpOption<Replay>.Some(replay)).WithRunner(runner);
        FsCheck.Check.One(
            config,
            Prop.ForAll(
                scripts,
                script =>
                {
                    _ = History.Live(script, variant);
                }
            )
        );
        return runner.Failure;
    }

    /// <summary>Keeps what FsCheck found, in the words of <see cref="Notation"/>.</summary>
    private sealed class Runner(ulong seed) : IRunner
    {
        public string? Failure { get; private set; }

        public void OnStartFixture(Type t) { }

        public void OnArguments(
            int ntest,
            Microsoft.FSharp.Collections.FSharpList<object> args,
            FSharpFunc<int, FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string>> every
        ) { }

        public void OnShrink(
            Microsoft.FSharp.Collections.FSharpList<object> args,
            FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string> everyShrink
        ) { }

        public void OnFinished(string name, FsCheck.TestResult result)
        {
            if (result is FsCheck.TestResult.Failed failed)
            {
                var (original, shrunk) = (failed.Item2[0], failed.Item3[0]);
                var reason = failed.Item4 is FsCheck.Outcome.Failed outcome ? outcome.Item : null;
                Failure =
                    $"SEED={seed} HISTORIES=1 breaks a promise. {reason?.Message}{Environment.NewLine}    "
                    + $"[InlineData(\"{shrunk}\")]{Environment.NewLine}from: "
                    + $"{original}{Environment.NewLine}{reason?.GetType().Name} {reason?.StackTrace}";
            }
        }
    }
}
