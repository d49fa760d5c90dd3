using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>The options of a resource, as a script sets them: Pulumi's names, or short ones, with a value
/// each.</summary>
internal static class Modes
{
    /// <summary>The settings that are options.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "provider",
            "deleteFirst",
            "retain",
            "protect",
            "ignore",
            "replaceOn",
            "trigger",
            "with",
            "after",
            "alias",
            "limit",
        };

    /// <summary>The options among the settings. A reference to what is not declared, or comes later, is left out, as
    /// whoever edits a program does.</summary>
    public static ResourceOptions Of(
        string name,
        ImmutableSortedDictionary<string, string> settings,
        IReadOnlyCollection<string> declared
    )
    {
        return new ResourceOptions
        {
            Provider = Setting("provider"),
            DeleteBeforeReplace = Setting("deleteFirst") is { } first ? bool.Parse(first) : null,
            RetainOnDelete = Setting("retain") == "true",
            Protect = Setting("protect") == "true",
            IgnoreChanges = List("ignore"),
            ReplaceOnChanges = List("replaceOn"),
            ReplacementTrigger = Setting("trigger") is { } trigger ? PropertyValue.Of(trigger) : PropertyValue.Null,
            ReplaceWith = Others("with"),
            DependsOn = Others("after"),
            Aliases = Setting("alias") is { } alias && !declared.Contains(alias) ? [alias] : [],
            Timeouts = Setting("limit") == "short" ? CustomTimeouts.None with { Create = 0.01 } : CustomTimeouts.None,
        };

        string? Setting(string option) => settings.TryGetValue(option, out var value) && value != "none" ? value : null;

        ImmutableList<string> List(string option) => Setting(option) is { } value ? [value] : [];

        ImmutableList<string> Others(string option) =>
            Setting(option) is { } other && declared.Contains(other) && string.CompareOrdinal(other, name) < 0
                ? [other]
                : [];
    }
}
