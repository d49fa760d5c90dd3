using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>A resource in the state file.</summary>
internal static class ResourceJson
{
    public static JsonObject Write(ResourceState resource, SecretBox secrets) => new()
    {
        ["urn"] = resource.Urn.Value,
        ["id"] = resource.Id,
        ["custom"] = resource.Custom,
        ["parent"] = resource.Parent?.Value,
        ["provider"] = resource.Provider,
        ["inputs"] = PropertyJson.Write(resource.Inputs, secrets),
        ["outputs"] = PropertyJson.Write(resource.Outputs, secrets),
        ["dependencies"] = Texts(resource.Dependencies),
        ["propertyDependencies"] = new JsonObject(
            resource.PropertyDependencies.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Texts(entry.Value)))),
        ["timeouts"] = new JsonArray(
            resource.Timeouts.Create, resource.Timeouts.Update, resource.Timeouts.Delete, resource.Timeouts.Read),
        ["protect"] = resource.Protect,
        ["retainOnDelete"] = resource.RetainOnDelete,
        ["ignoreChanges"] = Texts(resource.IgnoreChanges),
        ["additionalSecretOutputs"] = Texts(resource.AdditionalSecretOutputs),
        ["importId"] = resource.ImportId,
        ["initErrors"] = Texts(resource.InitErrors),
        ["refreshBeforeUpdate"] = resource.RefreshBeforeUpdate,
        ["delete"] = resource.Delete,
        ["pendingReplacement"] = resource.PendingReplacement,
    };

    public static ResourceState Read(JsonObject json, SecretBox secrets) => new(
        new Urn((string)json["urn"]!),
        (bool)json["custom"]!,
        PropertyJson.Read(json["inputs"], secrets),
        PropertyJson.Read(json["outputs"], secrets))
    {
        Id = (string)json["id"]!,
        Parent = (string?)json["parent"] is { } parent ? new Urn(parent) : null,
        Provider = (string?)json["provider"],
        Dependencies = [.. Texts(json["dependencies"])],
        PropertyDependencies = json["propertyDependencies"]!.AsObject().ToImmutableSortedDictionary(
            entry => entry.Key, entry => Texts(entry.Value).ToImmutableSortedSet(), StringComparer.Ordinal),
        Timeouts = ReadTimeouts(json["timeouts"]!.AsArray()),
        Protect = (bool)json["protect"]!,
        RetainOnDelete = (bool)json["retainOnDelete"]!,
        IgnoreChanges = [.. Texts(json["ignoreChanges"])],
        AdditionalSecretOutputs = [.. Texts(json["additionalSecretOutputs"])],
        ImportId = (string?)json["importId"],
        InitErrors = [.. Texts(json["initErrors"])],
        RefreshBeforeUpdate = (bool)json["refreshBeforeUpdate"]!,
        Delete = (bool)json["delete"]!,
        PendingReplacement = (bool)json["pendingReplacement"]!,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static IEnumerable<string> Texts(JsonNode? json) => json!.AsArray().Select(text => (string)text!);

    private static CustomTimeouts ReadTimeouts(JsonArray json) =>
        new((double)json[0]!, (double)json[1]!, (double)json[2]!, (double)json[3]!);
}
