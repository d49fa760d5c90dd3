#:property PublishAot=false

// Fails when a preview would stop, promote, start anew or replace a standby link.
//
//     pulumi preview --json > preview.json
//     dotnet run link-gate.cs -- preview.json [--allow orders-dr]...
//
// Exit code 0: no link is touched, or each that is was allowed. 1: the gate is closed. 2: that was no preview.
using System.Text.Json;
using System.Text.Json.Nodes;

const string LinkType = "qingcloud-mysql-standby:index:StandbyReplication";

if (args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
{
    Console.Error.WriteLine("usage: link-gate <preview.json> [--allow <name>]...");
    return 2;
}

var allowed = args.Zip(args.Skip(1)).Where(pair => pair.First == "--allow").Select(pair => pair.Second).ToHashSet();
if (ReadSteps(args[0]) is not { } steps)
{
    return 2;
}

var findings = steps
    .Where(step => TypeOf(step) == LinkType)
    .Select(step => (Name: NameOf(step), Effect: EffectOf(step)))
    .Where(finding => finding.Effect is not null)
    .Distinct()
    .ToList();
foreach (var (name, effect) in findings)
{
    Console.WriteLine($"{(allowed.Contains(name) ? "allowed" : "REFUSED")}: {name} {effect}");
}

var refused = findings.Where(finding => !allowed.Contains(finding.Name)).Select(finding => finding.Name).Distinct().ToList();
Console.WriteLine(refused.Count == 0
    ? "The gate is open."
    : "The gate is closed. If this is meant, allow it by name: " + string.Join(' ', refused.Select(name => $"--allow {name}")));
return refused.Count == 0 ? 0 : 1;

// What a step does to its link; null where it does nothing to it.
static string? EffectOf(JsonObject step) => (string?)step["op"] switch
{
    "replace" or "create-replacement" or "delete-replaced" =>
        $"would be replaced ({Reasons(step)}): the link ends, and a new one starts",
    "delete" => EffectOfDeletion(step),
    "update" => EffectOfUpdate(step),
    _ => null,
};

static string? EffectOfDeletion(JsonObject step)
{
    var old = step["oldState"];
    if ((bool?)old?["retainOnDelete"] == true || (string?)old?["outputs"]?["state"] is "promoted" or "stopped")
    {
        return null;
    }

    return (string?)old?["inputs"]?["onDelete"] == "promote"
        ? "would be deleted: the standby is promoted"
        : "would be deleted: the link is stopped";
}

static string? EffectOfUpdate(JsonObject step)
{
    var changed = ChangedPaths(step);
    if (changed.Contains("promoted"))
    {
        return (string?)step["oldState"]?["outputs"]?["state"] is "promoted" or "stopped"
            ? null
            : "would be promoted: the link ends";
    }

    return changed.Any(path => path == "source" || path.StartsWith("source.", StringComparison.Ordinal))
        ? $"would be linked anew ({string.Join(", ", changed)}): the link is stopped, then started again"
        : null;
}

static HashSet<string> ChangedPaths(JsonObject step) => step["detailedDiff"] is JsonObject { Count: > 0 } detailed
    ? [.. detailed.Select(entry => entry.Key)]
    : [.. Texts(step["diffReasons"])];

static string Reasons(JsonObject step)
{
    var reasons = Texts(step["replaceReasons"]).ToList();
    return reasons.Count > 0 ? string.Join(", ", reasons) : "its provider says so";
}

static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(text => (string)text!);

// urn:pulumi:STACK::PROJECT::[PARENT$...]TYPE::NAME
static string TypeOf(JsonObject step) => ((string?)step["urn"] ?? "").Split("::") is [_, _, var type, ..] ? type.Split('$')[^1] : "";

static string NameOf(JsonObject step) => ((string)step["urn"]!).Split("::", 4)[^1];

static List<JsonObject>? ReadSteps(string file)
{
    try
    {
        var preview = JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
        var errors = (preview?["diagnostics"] as JsonArray ?? []).Where(said => (string?)said?["severity"] == "error").ToList();
        if (preview?["steps"] is JsonArray steps && errors.Count == 0)
        {
            return [.. steps.OfType<JsonObject>()];
        }

        Console.Error.WriteLine(errors.Count > 0
            ? $"The preview failed: {(string?)errors[0]!["message"]}"
            : $"{file} is not what `pulumi preview --json` prints.");
    }
    catch (Exception exception) when (exception is JsonException or IOException)
    {
        Console.Error.WriteLine($"{file} is not what `pulumi preview --json` prints: {exception.Message}");
    }

    return null;
}
