using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>Writes an examination as JSON, fit for a bug report: no secrets, and no ids.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Examination examination, string version, string zone, DateTimeOffset at)
    {
        var pseudonyms = new Pseudonyms();
        var traits = examination.Traits;
        return new JsonObject
            {
                ["version"] = version,
                ["at"] = Timestamp.Of(at),
                ["zone"] = zone,
                ["traits"] = new JsonObject
                {
                    ["jobAction"] = traits.JobAction.ToString(),
                    ["hasDirectives"] = traits.HasDirectives,
                    ["echoes"] = traits.Echoes is { } names ? new JsonArray([.. names.Select(n => (JsonNode)n)]) : null,
                    ["hidesPasswords"] = traits.HidesPasswords,
                },
                ["findings"] = new JsonArray([.. examination.Findings.Select(finding => Write(finding, pseudonyms))]),
            }.ToJsonString(Options) + "\n";
    }

    private static JsonObject Write(Finding finding, Pseudonyms pseudonyms) =>
        new()
        {
            ["check"] = finding.Check,
            ["verdict"] = Table.Word(finding.Verdict),
            ["seen"] = pseudonyms.Apply(finding.Seen),
            ["meaning"] = pseudonyms.Apply(finding.Meaning),
        };
}
