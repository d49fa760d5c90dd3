using System.Text.Json;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The API's spelling of the domain's words: <c>done with failure</c> for <c>DoneWithFailure</c>.</summary>
internal static class WireNames
{
    public static string WireName<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');
}
