using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Sdk.Tests.Schema;

/// <summary>What makes a package schema one that Pulumi binds and generates SDKs from, and this package's own habits:
/// every property is described, inputs are outputs too, the configuration is the provider's.</summary>
internal sealed partial class SchemaRules
{
    private const string TypePrefix = "#/types/";

    private static readonly string[] TopLevel =
    [
        "$schema", "name", "displayName", "version", "description", "keywords", "homepage", "repository", "license",
        "publisher",
        "pluginDownloadURL", "attribution", "logoUrl", "meta", "language", "config", "types", "provider", "resources",
        "functions",
    ];

    private static readonly string[] Metadata =
        ["name", "displayName", "version", "description", "homepage", "repository", "license", "publisher", "pluginDownloadURL"];

    private static readonly string[] PropertyKeys =
        ["type", "$ref", "items", "description", "default", "defaultInfo", "const", "deprecationMessage", "secret", "replaceOnChanges"];

    private static readonly string[] ResourceKeys =
    [
        "description", "properties", "required", "inputProperties", "requiredInputs", "stateInputs", "aliases",
        "deprecationMessage", "type",
    ];

    private static readonly string[] FunctionKeys = ["description", "inputs", "outputs", "deprecationMessage"];
    private static readonly string[] ObjectKeys = ["type", "description", "properties", "required"];

    /// <summary>Names that every resource has by itself.</summary>
    private static readonly string[] ReservedForResources = ["id", "urn"];

    /// <summary>Names that the engine adds to a provider's configuration.</summary>
    private static readonly string[] ReservedForProviders = ["version", "pluginDownloadURL"];

    private readonly JsonObject _schema;
    private readonly JsonObject _types;
    private readonly HashSet<string> _referred = [];
    private readonly List<string> _problems = [];

    private SchemaRules(JsonObject schema)
    {
        _schema = schema;
        _types = Object("types", schema["types"]);
    }

    private string Package => (string?)_schema["name"] ?? "";

    /// <summary>Everything that is wrong with a schema.</summary>
    public static IReadOnlyList<string> Check(JsonObject schema)
    {
        var rules = new SchemaRules(schema);
        rules.CheckMetadata();
        rules.CheckLanguages();
        rules.CheckProvider();
        foreach (var (token, node) in rules.Object("resources", schema["resources"]))
            rules.CheckResource(token, rules.Object(token, node));

        foreach (var (token, node) in rules.Object("functions", schema["functions"]))
            rules.CheckFunction(token, rules.Object(token, node));

        foreach (var (token, node) in rules._types)
            rules.CheckType(token, rules.Object(token, node));

        rules.CheckThatAllTypesAreUsed();
        return rules._problems;
    }

    private void CheckMetadata()
    {
        OnlyKnown("schema", _schema, TopLevel);
        foreach (var key in Metadata.Where(key => ((string?)_schema[key] ?? "").Length == 0))
            Problem(key, "is missing");

        Require(PackageName().IsMatch(Package), "name", "is no package name");
        Require(Version().IsMatch((string?)_schema["version"] ?? ""), "version", "is no semantic version");
        foreach (var key in new[] { "homepage", "repository" })
        {
            Require(Uri.TryCreate((string?)_schema[key], UriKind.Absolute,
                out var address) && address.Scheme == "https", key, "is no https address");
        }

        var keywords = (_schema["keywords"] as JsonArray ?? []).Select(word => (string)word!).ToList();
        Require(keywords.Any(
            word => word.StartsWith("category/", StringComparison.Ordinal)), "keywords", "name no category");
        Require(keywords.Any(word => word.StartsWith("kind/", StringComparison.Ordinal)), "keywords", "name no kind");
        Require(keywords.Distinct(StringComparer.Ordinal).Count() == keywords.Count, "keywords", "repeat themselves");
    }

    private void CheckLanguages()
    {
        var languages = Object("language", _schema["language"]);
        Require((string?)languages["csharp"]?["namespaces"]?[Package] is { Length: > 0 }, "language.csharp.namespaces",
            "do not name the package's");
        Require((string?)languages["csharp"]?["packageReferences"]?["Pulumi"] is { Length: > 0 },
            "language.csharp.packageReferences", "lack Pulumi");
        Require((string?)languages["nodejs"]?["packageName"] is { Length: > 0 }, "language.nodejs.packageName",
            "is missing");
        Require((string?)languages["python"]?["packageName"] is { Length: > 0 }, "language.python.packageName",
            "is missing");
        Require((string?)languages["go"]?["importBasePath"] is { Length: > 0 }, "language.go.importBasePath",
            "is missing");
    }

    private void CheckProvider()
    {
        var provider = Object("provider", _schema["provider"]);
        OnlyKnown("provider", provider, ResourceKeys);
        Described("provider", provider);
        var inputs = Object("provider.inputProperties", provider["inputProperties"]);
        CheckProperties("provider.inputProperties", inputs, ReservedForProviders);
        CheckRequired("provider.requiredInputs", provider["requiredInputs"], inputs);
        var outputs = Object("provider.properties", provider["properties"]);
        CheckProperties("provider.properties", outputs, ReservedForProviders);
        foreach (var (name, node) in outputs)
        {
            Require((string?)node!["type"] == "string", $"provider.properties.{name}",
                "is no string, and a provider's outputs are strings");
            Require(JsonNode.DeepEquals(node, inputs[name]), $"provider.properties.{name}",
                "is not the input of its name");
        }

        Require(
            JsonNode.DeepEquals(_schema["config"]?["variables"], inputs), "config.variables",
            "are not the provider's inputs");
    }

    private void CheckResource(string token, JsonObject resource)
    {
        CheckToken(token, isFunction: false);
        OnlyKnown(token, resource, ResourceKeys);
        Described(token, resource);
        CheckExamples(token, resource);
        var inputs = Object($"{token}.inputProperties", resource["inputProperties"]);
        var outputs = Object($"{token}.properties", resource["properties"]);
        CheckProperties($"{token}.inputProperties", inputs, ReservedForResources);
        CheckProperties($"{token}.properties", outputs, ReservedForResources);
        CheckRequired($"{token}.requiredInputs", resource["requiredInputs"], inputs);
        CheckRequired($"{token}.required", resource["required"], outputs, mayHaveDefault: true);
        foreach (var (name, input) in inputs)
        {
            Require(JsonNode.DeepEquals(input, outputs[name]), $"{token}.properties.{name}",
                "is not the input of its name");
        }

        if (resource["stateInputs"] is JsonObject state)
            CheckObject($"{token}.stateInputs", state, ReservedForResources);
    }

    private void CheckFunction(string token, JsonObject function)
    {
        CheckToken(token, isFunction: true);
        OnlyKnown(token, function, FunctionKeys);
        Described(token, function);
        CheckExamples(token, function);
        CheckObject($"{token}.inputs", Object($"{token}.inputs", function["inputs"]), []);
        CheckObject($"{token}.outputs", Object($"{token}.outputs", function["outputs"]), [], isInput: false);
    }

    private void CheckType(string token, JsonObject type)
    {
        CheckToken(token, isFunction: false);
        Described(token, type);
        if (type["enum"] is JsonArray values)
            CheckEnum(token, type, values);
        else
            CheckObject(token, type, []);
    }

    private void CheckEnum(string token, JsonObject type, JsonArray values)
    {
        Require((string?)type["type"] == "string", token, "is an enum of something else than strings");
        var members = values.Select(value => Object(token, value)).ToList();
        foreach (var member in members)
        {
            Described($"{token}.{(string?)member["name"]}", member);
            Require(MemberName().IsMatch(
                (string?)member["name"] ?? ""), token, $"has a member named '{(string?)member["name"]}'");
            Require(member["value"]?.GetValueKind() == JsonValueKind.String, token,
                "has a member whose value is no string");
        }

        Require(members.Count > 0, token, "has no members");
        Require(members.DistinctBy(
            member => (string?)member["value"]).Count() == members.Count, token, "has a value twice");
        Require(members.DistinctBy(
            member => (string?)member["name"]).Count() == members.Count, token, "has a name twice");
    }

    private void CheckObject(string path, JsonObject spec, string[] reserved, bool isInput = true)
    {
        OnlyKnown(path, spec, ObjectKeys);
        Require((string?)spec["type"] == "object", path, "is no object");
        var properties = Object($"{path}.properties", spec["properties"]);
        CheckProperties(path, properties, reserved);
        CheckRequired(path, spec["required"], properties, mayHaveDefault: !isInput);
    }

    private void CheckProperties(string path, JsonObject properties, string[] reserved)
    {
        foreach (var (name, node) in properties)
        {
            var at = $"{path}.{name}";
            var property = Object(at, node);
            Require(PropertyName().IsMatch(name), at, "is no property name");
            Require(!reserved.Contains(name), at, "has a name that Pulumi keeps for itself");
            OnlyKnown(at, property, PropertyKeys);
            Described(at, property);
            CheckTypeOf(at, property);
        }
    }

    private void CheckTypeOf(string at, JsonObject property)
    {
        Require(property["type"] is null != property["$ref"] is null, at, "has not exactly one of type and $ref");
        Require(property["secret"]?.GetValueKind() is null or JsonValueKind.True or JsonValueKind.False, at,
            "has a secret that is no flag");
        var fallback = property["default"];
        if ((string?)property["$ref"] is { } reference)
        {
            var token = reference.StartsWith(TypePrefix, StringComparison.Ordinal)
                ? reference[TypePrefix.Length..]
                : "";
            if (_types[token] is not JsonObject type)
            {
                Problem(at, $"refers to {reference}, which is not there");
                return;
            }

            _referred.Add(token);
            var values = (type["enum"] as JsonArray ?? []).Select(member => member!["value"]);
            Require(fallback is null || values.Any(value => JsonNode.DeepEquals(value, fallback)), at, "has a default "
                + "that its type has not");
            return;
        }

        JsonValueKind? kind = fallback?.GetValueKind() is JsonValueKind.False
            ? JsonValueKind.True
            : fallback?.GetValueKind();
        var fits = (string?)property["type"] switch
        {
            "string" => kind is null or JsonValueKind.String,
            "boolean" => kind is null or JsonValueKind.True,
            "number" => kind is null or JsonValueKind.Number,
            "integer" =>
                kind is null || (kind == JsonValueKind.Number && double.IsInteger(fallback!.GetValue<double>())),
            "array" => kind is null && property["items"] is JsonObject,
            var other => Problem(at, $"has the type '{other}'"),
        };
        Require(fits, at, "has a default of another type");
    }

    private void CheckRequired(string path, JsonNode? required, JsonObject properties, bool mayHaveDefault = false)
    {
        var names = (required as JsonArray ?? []).Select(name => (string)name!).ToList();
        Require(names.Distinct(StringComparer.Ordinal).Count() == names.Count, path, "requires a property twice");
        foreach (var name in names)
        {
            Require(properties.ContainsKey(name), path, $"requires {name}, which is not there");
            Require(mayHaveDefault || properties[name]?["default"] is null, path,
                $"requires {name}, which has a default");
        }
    }

    private void CheckExamples(string path, JsonObject spec)
    {
        var languages = Descriptions.Examples((string?)spec["description"] ?? "").Select(
            example => example.Language).ToList();
        foreach (var language in new[] { "csharp", "yaml", "typescript", "python" })
            Require(languages.Contains(language), path, $"has no example in {language}");
    }

    private void CheckToken(string token, bool isFunction)
    {
        var parts = token.Split(':');
        Require(Token().IsMatch(token) && parts[0] == Package && parts[1] == "index", token,
            "is no token of this package");
        Require(char.IsLower(parts[^1][0]) == isFunction, token, "begins with a letter of the wrong case");
    }

    private void CheckThatAllTypesAreUsed()
    {
        foreach (var token in _types.Select(type => type.Key).Except(_referred))
            Problem(token, "is used nowhere");
    }

    private void Described(string path, JsonObject spec)
    {
        var firstParagraph = ((string?)spec["description"] ?? "").Split("\n\n")[0];
        Require(firstParagraph.EndsWith('.'), path, "has no description, or one without a full stop");
    }

    private void OnlyKnown(string path, JsonObject spec, string[] known)
    {
        foreach (var key in spec.Select(entry => entry.Key).Except(known))
            Problem(path, $"has '{key}', which Pulumi does not know");
    }

    private JsonObject Object(string path, JsonNode? node)
    {
        Require(node is JsonObject, path, "is no object");
        return node as JsonObject ?? [];
    }

    private void Require(bool holds, string path, string otherwise)
    {
        if (!holds)
            Problem(path, otherwise);
    }

    private bool Problem(string path, string problem)
    {
        _problems.Add($"{path} {problem}");
        return true;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Version();

    [GeneratedRegex("^[a-z][a-z0-9-]*:[a-z][A-Za-z0-9]*:[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex Token();

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex PropertyName();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex MemberName();
}
