using System.Text.Json;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Reads the <c>service_params</c> of start_standby; nothing may be missing, unknown, twice or of another type.</summary>
internal static partial class ServiceParams
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] Keys = ["sync_way", "zone", "host", "cluster_id", "user", "password", "port"];

    public static (SourceEndpoint Source, SyncWay Way) Read(string json, Func<string, bool> hasZone)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        CheckKeys(root);
        var source = new SourceEndpoint(Matching(root, "cluster_id", ClusterId()), Zone(root, hasZone))
        {
            Host = Matching(root, "host", Host()),
            Port = Port(root),
            User = Text(root, "user"),
            Password = Text(root, "password"),
        };
        return (source, Way(root));
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException)
        {
            throw Refuse.Malformed("service_params is not JSON, or has a key twice");
        }
    }

    private static void CheckKeys(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Refuse.Malformed("service_params has to be a JSON object");
        }

        var sent = root.EnumerateObject().Select(property => property.Name).ToList();
        if (Keys.Except(sent).FirstOrDefault() is { } missing)
        {
            throw Refuse.Malformed($"service_params has no [{missing}]");
        }

        if (sent.Except(Keys).FirstOrDefault() is { } unknown)
        {
            throw Refuse.Malformed($"service_params has an unknown key [{unknown}]");
        }
    }

    private static string Text(JsonElement root, string key)
    {
        var value = root.GetProperty(key);
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Refuse.Malformed($"service_params [{key}] has to be a text and not empty");
    }

    private static string Matching(JsonElement root, string key, Regex form) =>
        Text(root, key) is var text && form.IsMatch(text)
            ? text
            : throw Refuse.BadValue($"service_params [{key}] is not valid");

    private static string Zone(JsonElement root, Func<string, bool> hasZone) =>
        Text(root, "zone") is var zone && hasZone(zone)
            ? zone
            : throw Refuse.BadValue("service_params [zone] is no zone");

    private static int Port(JsonElement root)
    {
        var value = root.GetProperty("port");
        if (value.ValueKind != JsonValueKind.Number)
        {
            throw Refuse.Malformed("service_params [port] has to be a number");
        }

        return value.TryGetInt32(out var port) && port is >= 1 and <= 65535
            ? port
            : throw Refuse.BadValue("service_params [port] has to be from 1 to 65535");
    }

    private static SyncWay Way(JsonElement root) => Text(root, "sync_way") switch
    {
        "full" => SyncWay.Full,
        "increment" => SyncWay.Increment,
        _ => throw Refuse.BadValue("service_params [sync_way] has to be full or increment"),
    };

    [GeneratedRegex(@"\Acl-[0-9a-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClusterId();

    [GeneratedRegex(@"\A[0-9A-Za-z.:-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
