using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Driver;

/// <summary>What a program declares. Inputs, arguments and outputs may refer to other names of the program:
/// <c>${name.output}</c> in a string, <c>$${</c> for the two characters <c>${</c>.</summary>
internal sealed record StackProgram(ImmutableList<Resource> Resources)
{
    /// <summary>A program without resources.</summary>
    public static StackProgram Empty { get; } = new([]);

    /// <summary>Calls of functions.</summary>
    public ImmutableList<FunctionCall> Functions { get; init; } = [];

    /// <summary>Values with a name, such as configuration.</summary>
    public PropertyMap Values { get; init; } = PropertyMap.Empty;

    /// <summary>The stack's outputs.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>A program of these resources.</summary>
    public static StackProgram Of(params IEnumerable<Resource> resources) => new([.. resources]);
}

/// <summary>A resource as the program declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type token; a provider's begins with <see cref="ProviderPrefix"/>.</param>
/// <param name="Inputs">Its inputs, before Check.</param>
internal sealed record Resource(string Name, string Type, PropertyMap Inputs)
{
    /// <summary>Begins the type of a provider resource.</summary>
    public const string ProviderPrefix = "pulumi:providers:";

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; init; } = new();

    /// <summary>Whether it is an instance of a provider.</summary>
    public bool IsProvider => Type.StartsWith(ProviderPrefix, StringComparison.Ordinal);

    /// <summary>The names in the program that must be settled first.</summary>
    public IEnumerable<string> References =>
        Expressions
            .References(Inputs)
            .Concat(Options.DependsOn)
            .Concat(Options.ReplaceWith)
            .Concat(Options.Provider is { } provider ? [provider] : []);
}

/// <summary>The options of a resource. They name other resources by their names in the program.</summary>
internal sealed record ResourceOptions
{
    /// <summary>The resources that must be complete first.</summary>
    public ImmutableList<string> DependsOn { get; init; } = [];

    /// <summary>The provider resource; null for the default provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether it may not be deleted or replaced.</summary>
    public bool Protect { get; init; }

    /// <summary>Whether a replacement deletes the old one first; null leaves it to the provider.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    /// <summary>Whether a deletion only removes it from the state.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>The resources whose replacement replaces it too.</summary>
    public ImmutableList<string> ReplaceWith { get; init; } = [];

    /// <summary>A value whose change replaces it.</summary>
    public PropertyValue ReplacementTrigger { get; init; } = PropertyValue.Null;

    /// <summary>Its former names, or whole URNs.</summary>
    public ImmutableList<string> Aliases { get; init; } = [];

    /// <summary>The property paths whose changes are ignored.</summary>
    public ImmutableList<string> IgnoreChanges { get; init; } = [];

    /// <summary>The property paths whose changes replace it.</summary>
    public ImmutableList<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>The id of an existing resource to import.</summary>
    public string? Import { get; init; }

    /// <summary>The id of an existing resource to read only, as <c>StandbyReplication.Get</c> does.</summary>
    public string? Get { get; init; }

    /// <summary>The limits on its operations.</summary>
    public CustomTimeouts Timeouts { get; init; } = new();

    /// <summary>How often an error hook repeats a failed operation: with the same request, the old state in
    /// it.</summary>
    public int Retries { get; init; }
}

/// <summary>Limits on a resource's operations; null leaves them to the provider.</summary>
internal sealed record CustomTimeouts(TimeSpan? Create = null, TimeSpan? Update = null, TimeSpan? Delete = null);

/// <summary>A call of a function in a program.</summary>
/// <param name="Name">The name of its result in the program.</param>
/// <param name="Token">The function's token.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record FunctionCall(string Name, string Token, PropertyMap Arguments)
{
    /// <summary>The provider resource; null for the default provider.</summary>
    public string? Provider { get; init; }
}
