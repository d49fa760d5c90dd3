using System.Globalization;
using QingCloudMySqlStandby.Link.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Driver.Cli;

/// <summary>Reads <c>Pulumi.yaml</c> of a YAML program, as far as the examples use it. What it does not know is
/// refused.</summary>
internal sealed class ProjectFile
{
    private readonly YamlMappingNode _root;
    private readonly string _directory;

    public ProjectFile(string directory)
    {
        _directory = Path.GetFullPath(directory);
        using var text = File.OpenText(Path.Combine(_directory, "Pulumi.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>The project's name.</summary>
    public string Name => TextOf(_root, "name") ?? throw new DriverException("Pulumi.yaml has no name.");

    /// <summary>Whether every run reads every resource first.</summary>
    public bool RefreshesAlways => TextOf(MapOf(_root, "options"), "refresh") == "always";

    /// <summary>The plugin's executable, where the file names its folder.</summary>
    public string? Plugin =>
        Items(MapOf(_root, "plugins"), "providers")
            .Select(provider => TextOf((YamlMappingNode)provider, "path"))
            .FirstOrDefault()
            is { } folder
            ? Path.GetFullPath(Path.Combine(_directory, folder, "pulumi-resource-" + Names.Package))
            : null;

    /// <summary>The program, with these values of the project's configuration.</summary>
    public StackProgram Program(PropertyMap configuration)
    {
        var variables = Entries(_root, "variables").ToLookup(variable => InvokeOf(variable.Value) is not null);
        return new StackProgram([.. Entries(_root, "resources").Select(ResourceOf)])
        {
            Functions = [.. variables[true].Select(variable => FunctionOf(variable.Key, InvokeOf(variable.Value)!))],
            Values = PropertyMap.From([
                .. Entries(_root, "config").Select(entry => Configured(entry, configuration)),
                .. variables[false].Select(variable => KeyValuePair.Create(variable.Key, ValueOf(variable.Value))),
            ]),
            Outputs = PropertyMap.From(
                Entries(_root, "outputs").Select(output => KeyValuePair.Create(output.Key, ValueOf(output.Value)))
            ),
        };
    }

    private static KeyValuePair<string, PropertyValue> Configured(
        KeyValuePair<string, YamlNode> entry,
        PropertyMap configuration
    )
    {
        var declared = entry.Value as YamlMappingNode;
        var value =
            configuration.TryGetValue(entry.Key, out var configured) ? configured
            : declared?.Children.TryGetValue("default", out var fallback) == true ? ValueOf(fallback)
            : throw new DriverException($"The configuration lacks '{entry.Key}'.");
        return KeyValuePair.Create(entry.Key, TextOf(declared, "secret") == "true" ? value.AsSecret() : value);
    }

    private static Resource ResourceOf(KeyValuePair<string, YamlNode> entry)
    {
        var fields = (YamlMappingNode)entry.Value;
        var type = TextOf(fields, "type") ?? throw new DriverException($"'{entry.Key}' has no type.");
        return new Resource(entry.Key, Canonical(type), MapValueOf(MapOf(fields, "properties")))
        {
            Options = OptionsOf(MapOf(fields, "options")),
        };
    }

    /// <summary>YAML programs may leave the module out.</summary>
    private static string Canonical(string token) =>
        token.Split(':') is [not "pulumi", var name] parts ? $"{parts[0]}:index:{name}" : token;

    private static ResourceOptions OptionsOf(YamlMappingNode? fields)
    {
        string[] known =
        [
            "customTimeouts",
            "dependsOn",
            "provider",
            "protect",
            "deleteBeforeReplace",
            "retainOnDelete",
            "replaceWith",
            "replacementTrigger",
            "aliases",
            "ignoreChanges",
            "replaceOnChanges",
            "import",
        ];
        if (fields?.Children.Keys.Select(Text).Except(known).FirstOrDefault() is { } unknown)
            throw new DriverException($"The driver does not have the option '{unknown}'.");

        var limits = MapOf(fields, "customTimeouts");
        return new ResourceOptions
        {
            DependsOn = [.. NamesIn(fields, "dependsOn")],
            Provider = NamesIn(fields, "provider").SingleOrDefault(),
            Protect = TextOf(fields, "protect") == "true",
            DeleteBeforeReplace = TextOf(fields, "deleteBeforeReplace") is { } first ? first == "true" : null,
            RetainOnDelete = TextOf(fields, "retainOnDelete") == "true",
            ReplaceWith = [.. NamesIn(fields, "replaceWith")],
            ReplacementTrigger =
                fields?.Children.TryGetValue("replacementTrigger", out var trigger) == true
                    ? ValueOf(trigger)
                    : PropertyValue.Null,
            Aliases = [.. NamesIn(fields, "aliases")],
            IgnoreChanges = [.. NamesIn(fields, "ignoreChanges")],
            ReplaceOnChanges = [.. NamesIn(fields, "replaceOnChanges")],
            Import = TextOf(fields, "import"),
            Timeouts = new CustomTimeouts(Limit(limits, "create"), Limit(limits, "update"), Limit(limits, "delete")),
        };
    }

    /// <summary>A duration as Go writes it, such as <c>6h</c> or <c>90s</c>, in one unit.</summary>
    private static TimeSpan? Limit(YamlMappingNode? limits, string name)
    {
        if (TextOf(limits, name) is not { } text)
            return null;

        var number = double.Parse(text.AsSpan()[..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            'h' => TimeSpan.FromHours(number),
            'm' => TimeSpan.FromMinutes(number),
            's' => TimeSpan.FromSeconds(number),
            _ => throw new DriverException($"'{text}' is no duration in h, m or s."),
        };
    }

    private static YamlMappingNode? InvokeOf(YamlNode value) => MapOf(value as YamlMappingNode, "fn::invoke");

    private static FunctionCall FunctionOf(string name, YamlMappingNode invoke)
    {
        var token = TextOf(invoke, "function") ?? throw new DriverException($"'{name}' calls no function.");
        return new FunctionCall(name, Canonical(token), MapValueOf(MapOf(invoke, "arguments")))
        {
            Provider = NamesIn(MapOf(invoke, "options"), "provider").SingleOrDefault(),
        };
    }

    private static PropertyMap MapValueOf(YamlMappingNode? map) =>
        map is null
            ? PropertyMap.Empty
            : PropertyMap.From(map.Select(entry => KeyValuePair.Create(Text(entry.Key), ValueOf(entry.Value))));

    private static PropertyValue ValueOf(YamlNode node) =>
        node switch
        {
            YamlScalarNode scalar => ScalarOf(scalar),
            YamlSequenceNode list => new PropertyValue.ListValue([.. list.Select(ValueOf)]),
            YamlMappingNode map when map.Children.TryGetValue("fn::secret", out var secret) => ValueOf(secret)
                .AsSecret(),
            YamlMappingNode map => PropertyValue.Of(MapValueOf(map)),
            _ => throw new DriverException($"Line {node.Start.Line} of Pulumi.yaml is no value."),
        };

    /// <summary>A scalar by YAML's core schema; quoted ones are strings.</summary>
    private static PropertyValue ScalarOf(YamlScalarNode scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: var plain }
            ? plain switch
            {
                null or "" or "null" or "~" => PropertyValue.Null,
                "true" or "false" => PropertyValue.Of(plain == "true"),
                _ when double.TryParse(plain, CultureInfo.InvariantCulture, out var number) => PropertyValue.Of(number),
                _ => PropertyValue.Of(plain),
            }
            : PropertyValue.Of(scalar.Value ?? "");

    /// <summary>One name or several, each also as <c>${name}</c>.</summary>
    private static IEnumerable<string> NamesIn(YamlMappingNode? map, string key) =>
        Items(map, key)
            .Select(Text)
            .Select(name => name.StartsWith("${", StringComparison.Ordinal) ? name[2..^1] : name);

    private static IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlMappingNode map, string key) =>
        MapOf(map, key)?.Children.Select(child => KeyValuePair.Create(Text(child.Key), child.Value)) ?? [];

    private static IEnumerable<YamlNode> Items(YamlMappingNode? map, string key)
    {
        if (map is null || !map.Children.TryGetValue(key, out var node))
            return [];

        return node is YamlSequenceNode list ? list.Children : [node];
    }

    private static YamlMappingNode? MapOf(YamlMappingNode? map, string key) =>
        map?.Children.TryGetValue(key, out var node) == true ? node as YamlMappingNode : null;

    private static string? TextOf(YamlMappingNode? map, string key) =>
        map?.Children.TryGetValue(key, out var node) == true ? Text(node) : null;

    private static string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { } text }
            ? text
            : throw new DriverException($"Line {node.Start.Line} of Pulumi.yaml should be a string.");
}
