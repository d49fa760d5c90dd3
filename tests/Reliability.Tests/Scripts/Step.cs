using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>One thing that happens in a history. <see cref="Notation"/> says how each is written.</summary>
internal abstract record Step
{
    /// <summary>How much of a call its job's directive echoes; the first step, where there is one.</summary>
    internal sealed record Echoes(Echo Level) : Step;

    /// <summary>What follows is about another stack of the project.</summary>
    internal sealed record Stack(string Name) : Step;

    /// <summary>The program is edited: a resource is declared, or some of its settings change.</summary>
    internal sealed record Edit(string Resource, ImmutableSortedDictionary<string, string> Settings) : Step;

    /// <summary>A resource is removed from the program.</summary>
    internal sealed record Drop(string Resource) : Step;

    /// <summary>A resource gets another name in the program, with its former one as an alias or without.</summary>
    internal sealed record Rename(string From, string To, bool Alias) : Step;

    /// <summary>The next up is to replace a resource.</summary>
    internal sealed record Taint(string Resource) : Step;

    /// <summary>One of Pulumi's commands is run.</summary>
    internal sealed record Command(CommandKind Kind) : Step
    {
        public TimeSpan? CancelAfter { get; init; }
        public Kill? Kill { get; init; }

        /// <summary>The resource to replace whatever has changed (<c>--replace</c>), or to import to.</summary>
        public string? Resource { get; init; }

        /// <summary>The only resource to look at (<c>--target</c>).</summary>
        public string? Target { get; init; }

        /// <summary>Of an import: the standby.</summary>
        public string? Cluster { get; init; }

        /// <summary>Whether the run and the program go on after a failure (<c>--continue-on-error</c>, in
        /// C#).</summary>
        public bool GoesOn { get; init; }

        /// <summary>Whether every resource is read first (<c>--refresh</c>).</summary>
        public bool Refresh { get; init; }

        /// <summary>Of a destroy: whether the program is run (<c>--run-program</c>).</summary>
        public bool RunProgram { get; init; }
    }

    /// <summary>Something will go wrong between provider and API, or with jobs to come; in the simulator's own
    /// words.</summary>
    internal sealed record Fault(string Spec) : Step;

    /// <summary>Jobs of a service take this long from now on.</summary>
    internal sealed record Takes(string Service, TimeSpan Duration) : Step;

    /// <summary>Somebody does something at the console, now or a while later.</summary>
    internal sealed record Console(string Verb, string Cluster) : Step
    {
        public TimeSpan? Later { get; init; }
        public string? Source { get; init; }
    }

    /// <summary>Time passes.</summary>
    internal sealed record Wait(TimeSpan Time) : Step;
}

/// <summary>Pulumi's commands.</summary>
internal enum CommandKind
{
    Up,
    Preview,
    Refresh,
    Destroy,
    Import,
}
