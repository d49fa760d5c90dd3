using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>The options of a resource in a program. Other resources are called by their names there.</summary>
[SuppressMessage("Naming", "CA1724", Justification = "Pulumi's word.")]
internal sealed record ResourceOptions
{
    /// <summary>The resources that come first.</summary>
    public ImmutableList<string> DependsOn { get; init; } = [];

    /// <summary>The provider resource, where it is not the default one.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether it may not be deleted.</summary>
    public bool Protect { get; init; }

    /// <summary>Which comes first in a replacement; null leaves it to the provider.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    /// <summary>Whether deleting it only forgets it.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>The resource whose deletion deletes it too.</summary>
    public string? DeletedWith { get; init; }

    /// <summary>The resources whose replacement replaces it too.</summary>
    public ImmutableList<string> ReplaceWith { get; init; } = [];

    /// <summary>A value whose change replaces it.</summary>
    public PropertyValue ReplacementTrigger { get; init; } = PropertyValue.Null;

    /// <summary>Its former names, or whole URNs.</summary>
    public ImmutableList<string> Aliases { get; init; } = [];

    /// <summary>The paths whose changes are ignored.</summary>
    public ImmutableList<string> IgnoreChanges { get; init; } = [];

    /// <summary>The paths whose changes replace it.</summary>
    public ImmutableList<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>The outputs that are secret.</summary>
    public ImmutableList<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>The id of an existing resource to take in.</summary>
    public string? Import { get; init; }

    /// <summary>The version of the plugin.</summary>
    public string? Version { get; init; }

    /// <summary>The limits on its operations.</summary>
    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    internal IEnumerable<string> References =>
        DependsOn.Concat(ReplaceWith).Concat(new[] { Provider, DeletedWith }.OfType<string>());
}
