using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The <c>service_params</c> of set_readonly: <c>{"readonly":"ON"}</c> or <c>OFF</c>, and nothing
/// else.</summary>
internal static class ReadOnlyParams
{
    public static StandbyService Read(string json)
    {
        var parameters = Parse(json);
        Refuse.Unless(
            parameters.Count == 1 && parameters.ContainsKey("readonly"),
            () => Refuse.Malformed($"service_params are not those of {StandbyService.ReadOnlyName}")
        );
        return parameters["readonly"]?.ToJsonString() switch
        {
            "\"ON\"" => StandbyService.SetReadOnly(readOnly: true),
            "\"OFF\"" => StandbyService.SetReadOnly(readOnly: false),
            _ => throw Refuse.BadValue("service_params [readonly] has to be ON or OFF"),
        };
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw Refuse.Malformed($"service_params are not those of {StandbyService.ReadOnlyName}");
        }
    }
}
