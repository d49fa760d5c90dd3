using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>Writes an examination as JSON, fit for a bug report. Nothing in it is the server's or the account's: what a
/// finding may say there, <see cref="Wording"/> decides.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Examination examination, string version, DateTimeOffset at)
    {
        var pseudonyms = new Pseudonyms();
        var traits = examination.Traits;
        return new JsonObject
            {
                ["version"] = version,
                ["at"] = Wording.RoundedHour(at),
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
            ["seen"] = finding.What.ForReport(pseudonyms),
            ["meaning"] = finding.Meaning,
        };
}
