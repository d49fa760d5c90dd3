using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>A resource of a program that is no text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Inputs">Its inputs, before Check.</param>
internal sealed record DeclaredResource(string Name, string Type, PropertyMap Inputs)
{
    /// <summary>Inputs that are other resources' outputs: <c>name.output</c> for each.</summary>
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; init; } = new();

    internal static Project ProjectOf(string name, IEnumerable<DeclaredResource> resources) =>
        new(
            name,
            "yaml",
            "",
            [],
            [],
            new(resources.Select(resource => KeyValuePair.Create(resource.Name, resource.Declaration))),
            [],
            ImmutableDictionary<string, string>.Empty
        );

    private ResourceDeclaration Declaration =>
        new(
            Name,
            Type,
            new Expression.Map([
                .. Inputs.Select(input =>
                    KeyValuePair.Create<string, Expression>(input.Key, new Expression.Literal(input.Value))
                ),
                .. Outputs.Select(output =>
                    KeyValuePair.Create<string, Expression>(
                        output.Key,
                        new Expression.Access(PropertyPath.Parse(output.Value))
                    )
                ),
            ]),
            Options,
            DefaultProvider: false
        );
}
