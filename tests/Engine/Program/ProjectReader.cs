using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>Reads <c>Pulumi.yaml</c>.</summary>
internal static class ProjectReader
{
    public static Project ReadDirectory(string directory)
    {
        var file = Path.Combine(directory, "Pulumi.yaml");
        if (!File.Exists(file))
            throw new EngineException($"There is no Pulumi.yaml in {directory}.");

        return Read(File.ReadAllText(file), Path.GetFullPath(directory));
    }

    public static Project Read(string yaml, string directory)
    {
        var root = new YamlFields(Parse(yaml));
        root.RefuseOthers(
            "name",
            "runtime",
            "description",
            "author",
            "license",
            "website",
            "main",
            "config",
            "configuration",
            "variables",
            "resources",
            "outputs",
            "plugins",
            "options",
            "backend",
            "stackConfigDir",
            "packages",
            "pulumi"
        );
        return new Project(
            root.RequiredText("name"),
            Runtime(root),
            directory,
            [
                .. Entries(root, "config")
                    .Concat(Entries(root, "configuration"))
                    .Select(entry => ReadConfig(entry.Key, entry.Value)),
            ],
            new(
                Entries(root, "variables")
                    .Select(entry => KeyValuePair.Create(entry.Key, ExpressionReader.Read(entry.Value)))
            ),
            new(
                Entries(root, "resources")
                    .Select(entry => KeyValuePair.Create(entry.Key, ReadResource(entry.Key, new(entry.Value))))
            ),
            [
                .. Entries(root, "outputs")
                    .Select(entry => KeyValuePair.Create(entry.Key, ExpressionReader.Read(entry.Value))),
            ],
            ReadPlugins(root, directory)
        )
        {
            Main = Path.GetFullPath(Path.Combine(directory, root.Text("main") ?? ".")),
            RefreshesAlways = root.Fields("options")?.Text("refresh") == "always",
            Binary =
                root.Node("runtime") is YamlMappingNode runtime
                && new YamlFields(runtime).Fields("options")?.Text("binary") is { } binary
                    ? Path.GetFullPath(Path.Combine(directory, binary))
                    : null,
        };
    }

    internal static YamlNode Parse(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            throw new EngineException($"This is no YAML: {exception.Message}", exception);
        }

        return stream.Documents is [var document, ..] ? document.RootNode : new YamlMappingNode();
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlFields root, string name) =>
        root.Fields(name)?.All ?? [];

    private static string Runtime(YamlFields root) =>
        root.Node("runtime") switch
        {
            YamlScalarNode { Value: { } name } => name,
            YamlMappingNode map => new YamlFields(map).RequiredText("name"),
            _ => throw new EngineException("Pulumi.yaml lacks 'runtime'."),
        };

    private static ConfigDeclaration ReadConfig(string key, YamlNode node)
    {
        if (node is not YamlMappingNode)
            return new ConfigDeclaration(key, "string", ExpressionReader.Read(node), Secret: false);

        var fields = new YamlFields(node);
        fields.RefuseOthers("type", "default", "value", "secret", "description", "items", "name");
        var fallback = fields.Node("default") ?? fields.Node("value");
        return new ConfigDeclaration(
            key,
            fields.Text("type") ?? "string",
            fallback is null ? null : ExpressionReader.Read(fallback),
            fields.Flag("secret") ?? false
        );
    }

    private static ResourceDeclaration ReadResource(string name, YamlFields fields)
    {
        fields.RefuseOthers("type", "name", "properties", "options", "defaultProvider");
        return new ResourceDeclaration(
            fields.Text("name") ?? name,
            fields.RequiredText("type"),
            fields.Node("properties") is { } properties ? ExpressionReader.Read(properties) : new Expression.Map([]),
            fields.Fields("options") is { } options ? ReadOptions(options) : new ResourceOptions(),
            fields.Flag("defaultProvider") ?? false
        );
    }

    private static ResourceOptions ReadOptions(YamlFields options)
    {
        options.RefuseOthers(
            "dependsOn",
            "provider",
            "protect",
            "deleteBeforeReplace",
            "retainOnDelete",
            "deletedWith",
            "replaceWith",
            "replacementTrigger",
            "aliases",
            "ignoreChanges",
            "replaceOnChanges",
            "additionalSecretOutputs",
            "import",
            "version",
            "customTimeouts"
        );
        return new ResourceOptions
        {
            DependsOn = [.. options.Names("dependsOn")],
            Provider = options.Names("provider").SingleOrDefault(),
            Protect = options.Flag("protect") ?? false,
            DeleteBeforeReplace = options.Flag("deleteBeforeReplace"),
            RetainOnDelete = options.Flag("retainOnDelete") ?? false,
            DeletedWith = options.Names("deletedWith").SingleOrDefault(),
            ReplaceWith = [.. options.Names("replaceWith")],
            ReplacementTrigger = options.Node("replacementTrigger") is { } trigger
                ? ExpressionReader.Read(trigger).Constant
                : PropertyValue.Null,
            Aliases = [.. ReadAliases(options.Node("aliases"))],
            IgnoreChanges = [.. options.Texts("ignoreChanges")],
            ReplaceOnChanges = [.. options.Texts("replaceOnChanges")],
            AdditionalSecretOutputs = [.. options.Texts("additionalSecretOutputs")],
            Import = options.Text("import"),
            Version = options.Text("version"),
            Timeouts = ReadTimeouts(options.Fields("customTimeouts")),
        };
    }

    /// <summary>An alias is a URN, or a mapping with the former name or the URN.</summary>
    private static IEnumerable<string> ReadAliases(YamlNode? node) =>
        (node as YamlSequenceNode ?? []).Select(alias =>
            alias is YamlMappingNode
                ? new YamlFields(alias).Text("urn") ?? new YamlFields(alias).RequiredText("name")
                : ExpressionReader.Text(alias)
        );

    private static CustomTimeouts ReadTimeouts(YamlFields? fields)
    {
        fields?.RefuseOthers("create", "update", "delete", "read");
        return fields is null
            ? CustomTimeouts.None
            : new CustomTimeouts(Limit("create"), Limit("update"), Limit("delete"), Limit("read"));

        double Limit(string operation) => CustomTimeouts.Seconds(fields.Text(operation));
    }

    private static ImmutableDictionary<string, string> ReadPlugins(YamlFields root, string directory) =>
        root.Fields("plugins")?.Node("providers") is YamlSequenceNode providers
            ? providers
                .Select(node => new YamlFields(node))
                .ToImmutableDictionary(
                    plugin => plugin.RequiredText("name"),
                    plugin => Path.GetFullPath(Path.Combine(directory, plugin.RequiredText("path")))
                )
            : ImmutableDictionary<string, string>.Empty;
}
