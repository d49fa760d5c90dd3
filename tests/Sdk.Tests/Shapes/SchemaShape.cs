using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Sdk.Tests.Schema;

namespace QingCloudMySqlStandby.Sdk.Tests.Shapes;

/// <summary>The shape that a C# SDK has to have, as Pulumi's code generator would derive it from a package
/// schema.</summary>
internal sealed class SchemaShape
{
    private const string TypePrefix = "#/types/";

    private readonly SdkShape _shape = new();
    private readonly JsonObject _schema;
    private readonly JsonObject _types;

    private SchemaShape(JsonObject schema)
    {
        _schema = schema;
        _types = Object(schema["types"]);
    }

    private string Package => (string)_schema["name"]!;

    public static SdkShape Read(JsonObject schema)
    {
        var reader = new SchemaShape(schema);
        reader.AddConfig();
        reader.AddProvider();
        foreach (var (token, type) in reader._types)
            reader.AddType(NameOf(token), Object(type));

        foreach (var (token, resource) in Object(schema["resources"]))
            reader.AddResource(token, Object(resource));

        foreach (var (token, function) in Object(schema["functions"]))
            reader.AddFunction(token, Object(function));

        return reader._shape;
    }

    private void AddConfig()
    {
        _shape.Add("Config", "static class");
        foreach (var (name, node) in Object(_schema["config"]!["variables"]))
        {
            var variable = Object(node);
            var member = $"Config.{Pascal(name)}";
            var getter = (string?)variable["type"] switch
            {
                "boolean" => "GetBoolean",
                "integer" => "GetInt32",
                _ => "Get"
            };
            var orElse = DefaultOf(variable) is { } value ? $" ?? {value}" : "";
            _shape.Add(member, $"static {OutputTypeOf(variable)}? {{ get; set; }} from {getter}(\"{name}\"){orElse}");
            _shape.AddText(member, TextOf(variable));
        }
    }

    private void AddProvider()
    {
        var provider = Object(_schema["provider"]);
        AddResourceType("Provider", "ProviderResource", $"pulumi:providers:{Package}", Package, provider);
        _shape.Add("Provider..ctor", "(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)");
        foreach (var (name, node) in Object(provider["properties"]))
            AddOutput("Provider", name, Object(node), isRequired: false);

        AddInputs("ProviderArgs", "ResourceArgs", Object(provider["inputProperties"]), [], InputForm.ProviderInput);
    }

    private void AddResource(string token, JsonObject resource)
    {
        var name = NameOf(token);
        AddResourceType(name, "CustomResource", token, token, resource);
        var required = Names(resource["required"]);
        var optionalArgs = Names(resource["requiredInputs"]).Count == 0;
        _shape.Add($"{name}..ctor", optionalArgs
            ? $"(string name, {name}Args? args = null, CustomResourceOptions? options = null)"
            : $"(string name, {name}Args args, CustomResourceOptions? options = null)");
        foreach (var (property, node) in Object(resource["properties"]))
            AddOutput(name, property, Object(node), required.Contains(property));

        AddInputs($"{name}Args", "ResourceArgs", Object(resource["inputProperties"]), Names(
            resource["requiredInputs"]), InputForm.Input);
        var hasState = resource["stateInputs"] is JsonObject;
        if (hasState)
        {
            AddInputs(
                $"{name}State", "ResourceArgs", Object(resource["stateInputs"]!["properties"]), [], InputForm.Input);
        }

        var state = hasState ? $"{name}State? state = null, " : "";
        _shape.Add($"{name}.Get",
            $"static {name} (string name, Input<string> id, {state}CustomResourceOptions? options = null)");
    }

    private void AddResourceType(
        string name, string baseType, string token, string constructorToken, JsonObject resource)
    {
        _shape.Add(name, $"partial class : {baseType} [ResourceType(\"{token}\")]");
        _shape.Add($"{name} token", constructorToken);
        _shape.AddText(name, TextOf(resource));
        var secrets = Object(resource["properties"])
            .Where(property => (bool?)property.Value!["secret"] ?? false).Select(
                property => property.Key).Order(StringComparer.Ordinal);
        _shape.Add($"{name} secret outputs", string.Join(", ", secrets));
        var aliases = (resource["aliases"] as JsonArray ?? []).Select(alias => (string)alias!["type"]!);
        _shape.Add($"{name} aliases", string.Join(", ", aliases));
    }

    private void AddFunction(string token, JsonObject function)
    {
        var name = Pascal(NameOf(token));
        var inputs = Object(function["inputs"]!["properties"]);
        var required = Names(function["inputs"]!["required"]);
        _shape.Add(name, "static class");
        _shape.Add($"{name}.InvokeAsync({name}Args, InvokeOptions?)",
            $"static Task<{name}Result> (args, options = null) \"{token}\"");
        _shape.Add($"{name}.Invoke({name}InvokeArgs, InvokeOptions?)",
            $"static Output<{name}Result> (args, options = null) \"{token}\"");
        _shape.Add($"{name}.Invoke({name}InvokeArgs, InvokeOutputOptions)",
            $"static Output<{name}Result> (args, options) \"{token}\"");
        _shape.AddText($"{name}.InvokeAsync({name}Args, InvokeOptions?)", TextOf(function));
        _shape.AddText($"{name}.Invoke({name}InvokeArgs, InvokeOptions?)", TextOf(function));
        _shape.AddText($"{name}.Invoke({name}InvokeArgs, InvokeOutputOptions)", TextOf(function));

        AddInputs($"{name}Args", "InvokeArgs", inputs, required, InputForm.Plain);
        AddInputs($"{name}InvokeArgs", "InvokeArgs", inputs, required, InputForm.Input);
        AddOutputType($"{name}Result", Object(function["outputs"]));
    }

    private void AddType(string name, JsonObject type)
    {
        if (type["enum"] is JsonArray values)
        {
            AddEnum(name, type, values);
            return;
        }

        if (IsInput(name))
        {
            AddInputs($"Inputs.{name}Args", "ResourceArgs", Object(type["properties"]), Names(type["required"]),
                InputForm.Input);
            _shape.AddText($"Inputs.{name}Args", TextOf(type));
        }

        AddOutputType($"Outputs.{name}", type);
        _shape.AddText($"Outputs.{name}", TextOf(type));
    }

    private void AddEnum(string name, JsonObject type, JsonArray values)
    {
        _shape.Add(name, $"readonly struct : IEquatable<{name}> [EnumType]");
        _shape.AddText(name, TextOf(type));
        foreach (var value in values.Select(Object))
        {
            var member = $"{name}.{(string)value["name"]!}";
            _shape.Add(member, $"static {name} {{ get; }} = new(\"{(string)value["value"]!}\")");
            _shape.AddText(member, TextOf(value));
        }

        _shape.Add($"{name}.Equals({name})", "bool (other)");
        _shape.Add($"{name}.Equals(object?)", "override bool (obj)");
        _shape.Add($"{name}.GetHashCode()", "override int ()");
        _shape.Add($"{name}.ToString()", "override string ()");
        _shape.Add($"{name}.operator ==", $"static bool ({name} left, {name} right)");
        _shape.Add($"{name}.operator !=", $"static bool ({name} left, {name} right)");
        _shape.Add($"{name}.explicit operator", $"static string ({name} value)");
    }

    private void AddInputs(
        string type, string baseType, JsonObject properties, HashSet<string> required, InputForm form)
    {
        _shape.Add(type, $"sealed class : {baseType}");
        _shape.Add($"{type}.Empty", $"new static {type.Split('.')[^1]}");
        foreach (var (name, node) in properties)
        {
            var property = Object(node);
            var isRequired = required.Contains(name);
            var isSecret = form != InputForm.Plain && ((bool?)property["secret"] ?? false);
            var inner = form == InputForm.Plain ? InputTypeOf(property) : $"Input<{InputTypeOf(property)}>";
            var attribute = $"\"{name}\"" + (isRequired ? ", required: true" : "")
                + (form == InputForm.ProviderInput && (string?)property["type"] != "string" ? ", json: true" : "");
            var nullable = !isRequired || isSecret ? "?" : "";
            var secret = isSecret ? " secret" : "";
            var initial = form != InputForm.Plain && DefaultOf(property) is { } value ? $" = {value}" : "";
            _shape.Add(
                $"{type}.{Pascal(name)}", $"{inner}{nullable} {{ get; set; }} [Input({attribute})]{secret}{initial}");
            _shape.AddText($"{type}.{Pascal(name)}", TextOf(property));
        }
    }

    private void AddOutput(string type, string name, JsonObject property, bool isRequired)
    {
        var inner = OutputTypeOf(property) + (isRequired ? "" : "?");
        _shape.Add($"{type}.{Pascal(name)}", $"Output<{inner}> {{ get; private set; }} [Output(\"{name}\")]");
        _shape.AddText($"{type}.{Pascal(name)}", TextOf(property));
    }

    private void AddOutputType(string type, JsonObject spec)
    {
        var required = Names(spec["required"]);
        var fields = Object(spec["properties"])
            .Select(property => (property.Key, Spec: Object(property.Value)))
            .Select(property => (
                property.Key,
                Type: OutputTypeOf(property.Spec) + (required.Contains(property.Key) ? "" : "?"),
                Text: TextOf(property.Spec)))
            .OrderBy(field => field.Key, StringComparer.Ordinal).ToList();
        _shape.Add(type, "sealed class [OutputType]");
        _shape.Add($"{type} reads", string.Join(", ", fields.Select(field => $"{field.Type} {field.Key}")));
        foreach (var (name, fieldType, text) in fields)
        {
            _shape.Add($"{type}.{Pascal(name)}", $"readonly {fieldType}");
            _shape.AddText($"{type}.{Pascal(name)}", text);
        }
    }

    /// <summary>Whether an input of a resource or function refers to the type: types that only outputs have get no
    /// Args.</summary>
    private bool IsInput(string name)
    {
        var inputs = new[] { _schema["provider"]!["inputProperties"] }
            .Concat(Object(_schema["resources"]).Select(resource => resource.Value!["inputProperties"]))
            .Concat(Object(_schema["functions"]).Select(function => function.Value!["inputs"]));
        return inputs.Any(
            node => node is not null && node.ToJsonString().Contains($":{name}\"", StringComparison.Ordinal));
    }

    private string InputTypeOf(JsonObject property) => RefOf(property) is { } token
        ? IsEnum(token) ? NameOf(token) : $"Inputs.{NameOf(token)}Args"
        : Primitive(property);

    private string OutputTypeOf(JsonObject property) => RefOf(property) is { } token
        ? IsEnum(token) ? NameOf(token) : $"Outputs.{NameOf(token)}"
        : Primitive(property);

    private string? DefaultOf(JsonObject property)
    {
        if (property["default"] is not JsonValue value)
            return null;

        return RefOf(property) is { } token
            ? $"{NameOf(token)}.{MemberOf(token, value)}"
            : value.ToJsonString();
    }

    private string MemberOf(string token, JsonValue value) =>
        (string)_types[token]!["enum"]!.AsArray().First(
            member => JsonNode.DeepEquals(member!["value"], value))!["name"]!;

    private bool IsEnum(string token) => _types[token]!["enum"] is JsonArray;

    private static string? RefOf(JsonObject property) =>
        (string?)property["$ref"] is { } reference ? reference[TypePrefix.Length..] : null;

    private static string Primitive(JsonObject property) => (string)property["type"]! switch
    {
        "integer" => "int",
        "boolean" => "bool",
        "number" => "double",
        var other => other,
    };

    private static string NameOf(string token) => token.Split(':')[^1];

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string TextOf(JsonObject spec) => Descriptions.ForCSharp((string?)spec["description"] ?? "");

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];

    private static HashSet<string> Names(JsonNode? node) =>
        [.. (node as JsonArray ?? []).Select(name => (string)name!)];

    private enum InputForm
    {
        Input,
        ProviderInput,
        Plain,
    }
}
