using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The <c>service_params</c> of start_standby; nothing may be missing, unknown, twice or of another
/// type.</summary>
internal sealed partial record ServiceParams(
    string SyncWay,
    string Zone,
    string Host,
    string ClusterId,
    string User,
    string Password,
    decimal Port
)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The service that they are the parameters of.</summary>
    public static StandbyService Read(string json, Func<string, bool> hasZone)
    {
        var sent = Parse(json);
        sent.Check(hasZone);
        var source = new SourceEndpoint(sent.ClusterId, sent.Zone)
        {
            Host = sent.Host,
            Port = (int)sent.Port,
            User = sent.User,
            Password = sent.Password,
        };
        return StandbyService.Start(source, sent.SyncWay == "full" ? Domain.SyncWay.Full : Domain.SyncWay.Increment);
    }

    private static ServiceParams Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ServiceParams>(json, Strict) ?? throw new JsonException();
        }
        catch (JsonException wrong)
        {
            throw Refuse.Malformed($"service_params are not those of {StandbyService.StartName}, at [{wrong.Path}]");
        }
    }

    private void Check(Func<string, bool> hasZone)
    {
        if (SyncWay.Length * Zone.Length * Host.Length * ClusterId.Length * User.Length * Password.Length == 0)
            throw Refuse.Malformed("service_params have an empty value");

        CheckValue("sync_way", SyncWay is "full" or "increment");
        CheckValue("zone", hasZone(Zone));
        CheckValue("host", HostForm().IsMatch(Host));
        CheckValue("cluster_id", ClusterIdForm().IsMatch(ClusterId));
        CheckValue("port", Port is >= 1 and <= 65535 && decimal.IsInteger(Port));
    }

    private static void CheckValue(string key, bool isGood)
    {
        if (!isGood)
            throw Refuse.BadValue($"service_params [{key}] is not valid");
    }

    [GeneratedRegex(@"\Acl-[0-9a-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClusterIdForm();

    [GeneratedRegex(@"\A[0-9A-Za-z.:-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostForm();
}
