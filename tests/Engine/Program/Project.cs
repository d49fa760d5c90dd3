using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>What <c>Pulumi.yaml</c> says.</summary>
internal sealed record Project(
    string Name,
    string Runtime,
    string Directory,
    ImmutableArray<ConfigDeclaration> Config,
    OrderedDictionary<string, Expression> Variables,
    OrderedDictionary<string, ResourceDeclaration> Resources,
    ImmutableArray<KeyValuePair<string, Expression>> Outputs,
    ImmutableDictionary<string, string> PluginPaths
)
{
    /// <summary>The directory of the program itself, for runtimes other than YAML.</summary>
    public string Main { get; init; } = Directory;

    /// <summary>Whether runs read every resource first (<c>options: refresh: always</c>).</summary>
    public bool RefreshesAlways { get; init; }

    /// <summary>The program as it was built, where it need not be built first.</summary>
    public string? Binary { get; init; }
}

/// <summary>A configuration key that the project declares.</summary>
internal sealed record ConfigDeclaration(string Key, string Type, Expression? Default, bool Secret);

/// <summary>A resource of the program.</summary>
internal sealed record ResourceDeclaration(
    string Name,
    string Type,
    Expression Properties,
    ResourceOptions Options,
    bool DefaultProvider
)
{
    /// <summary>The names that must be settled first.</summary>
    public IEnumerable<string> References => Properties.References.Concat(Options.References);
}
