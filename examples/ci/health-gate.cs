#:property PublishAot=false

// Fails when the standby is not linked, when one of its nodes is not healthy, when it is too far behind or nobody knows
// how far, and when the last rehearsal was too long ago.
//
//     pulumi up --yes --skip-preview --cwd gate && pulumi stack output --json --cwd gate > health.json
//     dotnet run health-gate.cs -- health.json --max-lag 60 [--allow-unknown-lag] [--rehearsed-within 90]
//
// The program is examples/yaml-gate or examples/dotnet-gate; it exports `health` and `lastRehearsedAt`.
//     --max-lag SECONDS          how far behind the standby may be
//     --allow-unknown-lag        pass where no meter shows how far behind it is
//     --rehearsed-within DAYS    how long ago the last promotion that succeeded may be
//
// Exit code 0: all is well. 1: something is not. 2: that was no such output.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

// The provider reports no older value than 15 minutes; then the output was kept for a while.
var oldest = TimeSpan.FromMinutes(30);

if (args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal) || NumberOf("--max-lag") is not { } maxLag)
{
    Console.Error.WriteLine(
        "usage: health-gate <health.json> --max-lag <seconds> [--allow-unknown-lag] [--rehearsed-within <days>]"
    );
    return 2;
}

if (Read(args[0]) is not { } outputs || outputs["health"] is not JsonObject health || health["summary"] is null)
{
    Console.Error.WriteLine($"{args[0]} is not what `pulumi stack output --json` prints of the gate's program.");
    return 2;
}

Console.WriteLine((string?)health["summary"]);
string?[] findings = [Link(), .. Nodes(), Lag(), Rehearsal()];
foreach (var finding in findings.OfType<string>())
    Console.WriteLine($"CLOSED: {finding}");

if (findings.OfType<string>().Any())
    return 1;

Console.WriteLine("The gate is open.");
return 0;

string? Link() => (bool?)health["isLinked"] == true ? null : $"the standby does not replicate ({health["state"]})";

IEnumerable<string?> Nodes() =>
    health["nodes"] is JsonArray { Count: > 0 } nodes
        ? nodes
            .Where(node => (string?)node?["status"] != "active" || (string?)node["health"] != "healthy")
            .Select(node => $"node {node?["id"]} is {node?["status"]} and {node?["health"]}")
        : ["its nodes are not known"];

string? Lag() =>
    ((double?)health["lagSeconds"], Time(health["lagMeasuredAt"])) switch
    {
        (null, _) or (_, null) => args.Contains("--allow-unknown-lag") ? null : "how far it is behind is not known",
        (_, { } at) when DateTimeOffset.UtcNow - at > oldest => $"how far it is behind was last measured at {at:u}",
        ({ } lag, _) when lag > maxLag => $"it is {lag} s behind, and {maxLag} are allowed",
        _ => null,
    };

string? Rehearsal() =>
    (NumberOf("--rehearsed-within"), Time(outputs["lastRehearsedAt"])) switch
    {
        (null, _) => null,
        (_, null) => "no rehearsal is known",
        ({ } days, { } at) when DateTimeOffset.UtcNow - at > TimeSpan.FromDays(days) =>
            $"the last rehearsal was at {at:u}, and {days} days ago are allowed",
        _ => null,
    };

double? NumberOf(string option) =>
    Array.IndexOf(args, option) is >= 0 and var at
    && at + 1 < args.Length
    && double.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

static DateTimeOffset? Time(JsonNode? text) =>
    DateTimeOffset.TryParse((string?)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

static JsonObject? Read(string file)
{
    try
    {
        return JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
    }
    catch (Exception exception) when (exception is JsonException or IOException)
    {
        Console.Error.WriteLine($"{file} cannot be read: {exception.Message}");
        return null;
    }
}
