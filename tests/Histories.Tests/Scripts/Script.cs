using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Histories.Scripts;

/// <summary>What happens in a history, step by step, in one line. Steps are apart by <c>;</c>. Clusters are A and B, which
/// are near the provider, S and T, which are in another zone, and E, a MySQL elsewhere, which can only be a source.
/// <code>
/// knobs Echo=None ZoneStrict=False      how this QingCloud is (the first step)
/// stack prod | zone pek3a               what follows is about another stack; its provider has another default zone
/// set x cluster=A source=S way=full host=1 user=1 password=1 promoted=true fence=false onDelete=promote zone=none
/// set x relink=last|start|now|old|future|none
/// set x provider=p deleteFirst=true retain=true trigger=1 with=y after=y alias=y import=full get=true retries=1 limit=2s
/// drop x | rename x y [alias=true]      the program is edited
/// state rename x y | state move x prod | state delete x | state taint x | state strip x
/// up | preview | refresh | destroy      [preview=true refresh=true replace=x target=x program=true goes-on=true]
///                                       [cancel=10m kill=5-before kill=5-after kill-plugin=5-after]
/// import x A [short=true]
/// console start A S | script promote A | timer stop-cluster A | platform suspend A    [later=10m way=increment key=own]
/// write S [later=10m every=20s] | lag A 10m | foreign true
/// fault SPEC | takes start_standby 8h   (tests/Simulator/README.md)
/// wait 1h
/// calm relink|accept|import|remove      what the user prefers when a run is refused, at the end of the history
/// </code>
/// What a <c>set</c> leaves out stays as it was.</summary>
internal sealed record Script(ImmutableList<Step> Steps)
{
    public static Script Parse(string text) =>
        new([
            .. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Step.Parse),
        ]);

    public bool Equals(Script? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join("; ", Steps);
}

/// <summary>One thing that happens in a history: a verb, words, and options.</summary>
internal sealed record Step(string Verb, ImmutableList<string> Words, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>The value of an option; null where it is not given.</summary>
    public string? this[string option] => Options.GetValueOrDefault(option);

    public static Step Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // The specification of a fault has signs of its own.
        var isFault = parts[0] == "fault";
        var (words, options) = (
            parts.Skip(1).Where(part => isFault || !part.Contains('=', StringComparison.Ordinal)),
            parts.Skip(1).Where(part => !isFault && part.Contains('=', StringComparison.Ordinal))
        );
        var none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        return new Step(
            parts[0],
            [.. words],
            none.SetItems(
                options.Select(option => option.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))
            )
        );
    }

    /// <summary>Whether a flag is set.</summary>
    public bool Is(string option) => this[option] == "true";

    /// <summary>The same step with an option set otherwise, or without it.</summary>
    public Step With(string option, string? value) =>
        this with
        {
            Options = value is null ? Options.Remove(option) : Options.SetItem(option, value),
        };

    public override string ToString() =>
        string.Join(' ', [Verb, .. Words, .. Options.Select(option => $"{option.Key}={option.Value}")]);
}
