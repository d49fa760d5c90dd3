using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Writes calls as <see cref="Trial"/> says, and changes programs.</summary>
internal static class Notation
{
    public static string Of(Call call)
    {
        var parameters = call.Parameters["service_params"] is { } text ? JsonNode.Parse(text) : null;
        var service = call.Service switch
        {
            "start_standby" => $"S({(string?)parameters?["sync_way"]})",
            "stop_standby" => "X",
            "promote_standby" => "P",
            var other => other,
        };
        var cluster = call.Cluster == World.Standby ? "" : "@" + call.Cluster;
        var source = (string?)parameters?["cluster_id"];
        var from = source is null or World.Source ? "" : "<" + source;
        return service + cluster + from + RefusalOf(call);
    }

    /// <summary>The inputs with another value in <c>source</c>.</summary>
    public static PropertyMap Source(this PropertyMap inputs, string name, string value) =>
        inputs.Source(name, PropertyValue.Of(value));

    /// <summary>The inputs with another value in <c>source</c>.</summary>
    public static PropertyMap Source(this PropertyMap inputs, string name, PropertyValue value) =>
        inputs.With("source", PropertyValue.Of(((PropertyValue.MapValue)inputs["source"].Bare).Map.With(name, value)));

    /// <summary>The inputs with another password.</summary>
    public static PropertyMap Password(this PropertyMap inputs, string password) =>
        inputs.Source("password", PropertyValue.Of(password).AsSecret());

    private static string RefusalOf(Call call) =>
        call.RetCode switch
        {
            0 => "",
            null => "!",
            { } code => "!" + code.ToString(CultureInfo.InvariantCulture),
        };
}
