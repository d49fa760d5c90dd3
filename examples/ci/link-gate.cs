#:property PublishAot=false

// Fails when a preview would start, stop or promote a standby link, unless the pipeline allows that.
//
//     pulumi preview --json > preview.json
//     dotnet run link-gate.cs -- preview.json [--allow orders-dr:restart]...
//
// An allowance is a resource's name and a kind:
//     start     a new link, or the old one over a standby that was stopped or promoted
//     restart   stop, then start: another source, role, address, user or password, or a full copy
//     replace   stop one cluster's link and start another's, or the same one anew
//     promote   promote the standby
//     stop      end the link with its resource
//
// Exit code 0: no link is touched, or each that is was allowed. 1: the gate is closed. 2: that was no preview.
using System.Text.Json;
using System.Text.Json.Nodes;

const string LinkType = "qingcloud-mysql-standby:index:StandbyReplication";

if (args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
{
    Console.Error.WriteLine("usage: link-gate <preview.json> [--allow <name>:<kind>]...");
    return 2;
}

var allowed = args.Zip(args.Skip(1)).Where(pair => pair.First == "--allow").Select(pair => pair.Second).ToHashSet();
if (ReadSteps(args[0]) is not { } steps)
{
    return 2;
}

var findings = steps.Where(step => TypeOf(step) == LinkType).Select(FindingOf).OfType<Finding>().Distinct().ToList();
foreach (var finding in findings)
{
    Console.WriteLine($"{(allowed.Contains(finding.Key) ? "allowed" : "REFUSED")}: {finding.Name} {finding.Effect}");
}

var refused = findings.Select(finding => finding.Key).Where(key => !allowed.Contains(key)).Distinct().ToList();
Console.WriteLine(
    refused.Count == 0
        ? "The gate is open."
        : "The gate is closed. If this is meant, allow it: " + string.Join(' ', refused.Select(key => $"--allow {key}"))
);
return refused.Count == 0 ? 0 : 1;

// What a step does to its link; null where it does nothing to it.
static Finding? FindingOf(JsonObject step) =>
    (string?)step["op"] switch
    {
        "create" => new(NameOf(step), "start", $"would be created: the link is started{With(New(step, "syncWay"))}"),
        "replace" or "create-replacement" or "delete-replaced" => new(
            NameOf(step),
            "replace",
            $"would be replaced ({Reasons(step)}): links may be stopped, and started"
        ),
        "delete" => FindingOfDeletion(step),
        "update" => FindingOfUpdate(step),
        _ => null,
    };

static Finding? FindingOfDeletion(JsonObject step)
{
    var old = step["oldState"];
    return (bool?)old?["retainOnDelete"] == true || IsCutLoose(step) ? null
        : (string?)old?["inputs"]?["onDelete"] == "promote"
            ? new(NameOf(step), "promote", "would be deleted: the standby is promoted")
        : new(NameOf(step), "stop", "would be deleted: the link is stopped");
}

static Finding? FindingOfUpdate(JsonObject step)
{
    var changed = ChangedPaths(step);
    var relinks = changed.Where(path => Relinks(step, path)).Order().ToList();
    return (IsCutLoose(step), New(step, "promoted") == "true") switch
    {
        (true, false) => new(
            NameOf(step),
            "start",
            $"would be started over what was written since job {Old(step, "jobId")}{With(New(step, "syncWay"))}"
        ),
        (false, true) when changed.Overlaps(["promoted", "state"]) => new(
            NameOf(step),
            "promote",
            "would be promoted: the link ends"
        ),
        (false, false) when relinks.Count > 0 => new(
            NameOf(step),
            "restart",
            $"would be stopped and started anew ({string.Join(", ", relinks)}){With(SyncWay(step, relinks))}"
        ),
        _ => null,
    };
}

static bool Relinks(JsonObject step, string path) =>
    path is "role" or "source"
    || path.StartsWith("source.", StringComparison.Ordinal)
    || (path == "syncWay" && New(step, path) == "full");

// Another address or password of the same source needs no copy.
static string? SyncWay(JsonObject step, List<string> relinks) =>
    relinks.TrueForAll(path => path is "source.host" or "source.port" or "source.user" or "source.password")
        ? "increment"
        : New(step, "syncWay");

static string With(string? syncWay) =>
    syncWay switch
    {
        "full" => " with full, which overwrites the standby's data",
        "increment" => " with increment",
        _ => "",
    };

// Whether the state file knows that the link has ended.
static bool IsCutLoose(JsonObject step) => Old(step, "state") is "promoted" or "stopped";

static string? Old(JsonObject step, string output) => step["oldState"]?["outputs"]?[output]?.ToString();

static string? New(JsonObject step, string input) => step["newState"]?["inputs"]?[input]?.ToString();

static HashSet<string> ChangedPaths(JsonObject step) =>
    step["detailedDiff"] is JsonObject { Count: > 0 } detailed
        ? [.. detailed.Select(entry => entry.Key)]
        : [.. Texts(step["diffReasons"])];

static string Reasons(JsonObject step)
{
    var reasons = Texts(step["replaceReasons"]).ToList();
    return reasons.Count > 0 ? string.Join(", ", reasons) : "its provider says so";
}

static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(text => (string)text!);

// urn:pulumi:STACK::PROJECT::[PARENT$...]TYPE::NAME
static string TypeOf(JsonObject step) =>
    ((string?)step["urn"] ?? "").Split("::") is [_, _, var type, ..] ? type.Split('$')[^1] : "";

static string NameOf(JsonObject step) => ((string)step["urn"]!).Split("::", 4)[^1];

static List<JsonObject>? ReadSteps(string file)
{
    try
    {
        var preview = JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
        var errors = (preview?["diagnostics"] as JsonArray ?? [])
            .Where(said => (string?)said?["severity"] == "error")
            .ToList();
        if (preview?["steps"] is JsonArray steps && errors.Count == 0)
        {
            return [.. steps.OfType<JsonObject>()];
        }

        Console.Error.WriteLine(
            errors.Count > 0
                ? $"The preview failed: {(string?)errors[0]!["message"]}"
                : $"{file} is not what `pulumi preview --json` prints."
        );
    }
    catch (Exception exception) when (exception is JsonException or IOException)
    {
        Console.Error.WriteLine($"{file} is not what `pulumi preview --json` prints: {exception.Message}");
    }

    return null;
}

// What would be done to a link, and of which kind that is.
internal sealed record Finding(string Name, string Kind, string Effect)
{
    public string Key => $"{Name}:{Kind}";
}
