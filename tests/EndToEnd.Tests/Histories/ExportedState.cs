using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Reads what <c>pulumi stack export --show-secrets</c> writes.</summary>
internal static class ExportedState
{
    private const string Signature = "4dabf18193072939515e22adb298388d";

    public static StackState Read(JsonNode deployment)
    {
        var resources = Items(deployment["resources"]).Select(ReadResource).ToImmutableList();
        var pending = Items(deployment["pending_operations"])
            .Select(operation => new PendingOperation(
                new Urn((string)operation["resource"]!["urn"]!),
                (string)operation["type"]!
            ));
        return new StackState(resources, [.. pending], PropertyMap.Empty);
    }

    private static ResourceState ReadResource(JsonNode resource) =>
        new(
            new Urn((string)resource["urn"]!),
            Flag(resource, "custom"),
            Map(resource["inputs"]),
            Map(resource["outputs"])
        )
        {
            Id = (string?)resource["id"] ?? "",
            Parent = (string?)resource["parent"] is { } parent ? new Urn(parent) : null,
            Provider = (string?)resource["provider"] is { Length: > 0 } provider ? provider : null,
            Dependencies = [.. Texts(resource["dependencies"])],
            PropertyDependencies = (resource["propertyDependencies"] as JsonObject ?? []).ToImmutableSortedDictionary(
                entry => entry.Key,
                entry => Texts(entry.Value).ToImmutableSortedSet(),
                StringComparer.Ordinal
            ),
            Timeouts = TimeoutsOf(resource["customTimeouts"]),
            Protect = Flag(resource, "protect"),
            RetainOnDelete = Flag(resource, "retainOnDelete"),
            DeletedWith = (string?)resource["deletedWith"] is { Length: > 0 } other ? other : null,
            ReplaceWith = [.. Texts(resource["replaceWith"])],
            IgnoreChanges = [.. Texts(resource["ignoreChanges"])],
            ReplaceOnChanges = [.. Texts(resource["replaceOnChanges"])],
            ReplacementTrigger = Value(resource["replacementTrigger"]),
            AdditionalSecretOutputs = [.. Texts(resource["additionalSecretOutputs"])],
            ImportId = (string?)resource["importID"],
            InitErrors = [.. Texts(resource["initErrors"])],
            RefreshBeforeUpdate = Flag(resource, "refreshBeforeUpdate"),
            Taint = Flag(resource, "taint"),
            Delete = Flag(resource, "delete"),
            PendingReplacement = Flag(resource, "pendingReplacement"),
        };

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).Select(item => item!);

    private static IEnumerable<string> Texts(JsonNode? list) => Items(list).Select(item => (string)item!);

    private static bool Flag(JsonNode resource, string name) => (bool?)resource[name] ?? false;

    private static CustomTimeouts TimeoutsOf(JsonNode? limits) =>
        new(
            (double?)limits?["create"] ?? 0,
            (double?)limits?["update"] ?? 0,
            (double?)limits?["delete"] ?? 0,
            (double?)limits?["read"] ?? 0
        );

    private static PropertyMap Map(JsonNode? json) =>
        PropertyMap.From(
            (json as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Value)))
        );

    private static PropertyValue Value(JsonNode? json) =>
        json switch
        {
            null => PropertyValue.Null,
            JsonArray list => new PropertyValue.ListValue([.. list.Select(Value)]),
            JsonObject secret when secret.ContainsKey(Signature) => Value(JsonNode.Parse((string)secret["plaintext"]!))
                .AsSecret(),
            JsonObject map => PropertyValue.Of(Map(map)),
            _ => json.GetValueKind() switch
            {
                JsonValueKind.True => PropertyValue.Of(true),
                JsonValueKind.False => PropertyValue.Of(false),
                JsonValueKind.Number => PropertyValue.Of((double)json),
                _ => PropertyValue.Of((string)json!),
            },
        };
}
