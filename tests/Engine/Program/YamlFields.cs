using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>A YAML mapping with known fields; what this engine does not know it refuses, so that no option is lost
/// silently.</summary>
internal sealed class YamlFields
{
    private readonly YamlMappingNode _map;

    public YamlFields(YamlNode node) =>
        _map = node as YamlMappingNode ?? throw ExpressionReader.At(node, "should be a mapping");

    public IEnumerable<KeyValuePair<string, YamlNode>> All =>
        _map.Children.Select(child => KeyValuePair.Create(ExpressionReader.Text(child.Key), child.Value));

    public YamlNode? Node(string name) =>
        _map.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    public YamlFields? Fields(string name) => Node(name) is { } node ? new YamlFields(node) : null;

    public string? Text(string name) => Node(name) is { } node ? ExpressionReader.Text(node) : null;

    public string RequiredText(string name) => Text(name) ?? throw ExpressionReader.At(_map, $"lacks '{name}'");

    public bool? Flag(string name) =>
        Node(name) switch
        {
            null => null,
            YamlScalarNode { Value: "true" } => true,
            YamlScalarNode { Value: "false" } => false,
            var node => throw ExpressionReader.At(node, "should be true or false"),
        };

    public IReadOnlyList<string> Texts(string name) =>
        Node(name) switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Select(ExpressionReader.Text)],
            var node => throw ExpressionReader.At(node, "should be a list"),
        };

    /// <summary>The names of the resources that one <c>${name}</c>, or a list of them, refers to.</summary>
    public IEnumerable<string> Names(string name) =>
        Node(name) switch
        {
            null => [],
            YamlSequenceNode list => list.Select(NameIn),
            var node => [NameIn(node)],
        };

    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var (name, node) in All)
        {
            if (!known.Contains(name))
                throw ExpressionReader.At(node, $"belongs to '{name}', which this engine does not know");
        }
    }

    private static string NameIn(YamlNode node) =>
        ExpressionReader.Read(node) is Expression.Access { Path.Segments.Length: 1 } access
            ? access.Root
            : throw ExpressionReader.At(node, "should be ${name} of a resource");
}
