using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Reads from a report of the provider's command <c>doctor</c> how a real QingCloud lists jobs.</summary>
public static class ReportedListing
{
    /// <summary>The same way of listing. What the report does not say is as published.</summary>
    /// <exception cref="FormatException">The string is no such report.</exception>
    public static JobListing Read(string report)
    {
        if (JsonNode.Parse(report)?["traits"] is not JsonObject traits)
            throw new FormatException("This is no report of doctor: it has no \"traits\".");

        return new JobListing(EchoOf(traits), traits["hidesPasswords"]?.GetValue<bool>() ?? false, FilterOf(traits));
    }

    private static Echo EchoOf(JsonObject traits)
    {
        if (traits["hasDirectives"]?.GetValue<bool>() == false)
            return Echo.None;

        var echoes = traits["echoes"]?.AsArray().Select(name => (string?)name).ToList();
        return echoes is null || echoes.Contains("req_id") ? Echo.Full
            : echoes.Count > 0 ? Echo.WithoutRequestId
            : Echo.WithoutSender;
    }

    private static JobActionFilter FilterOf(JsonObject traits) =>
        (string?)traits["jobAction"] switch
        {
            "Ignored" => JobActionFilter.Ignored,
            "Refused" => JobActionFilter.Refused1100,
            _ => JobActionFilter.Applied,
        };
}
