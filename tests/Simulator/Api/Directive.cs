using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Writes a job's directive: every parameter of its request as it was sent, and what the cloud adds.</summary>
internal static class Directive
{
    /// <summary>The user whose account it is, and to whom its access keys belong.</summary>
    public const string Owner = "usr-simulated";

    private const string ConsoleUser = "usr-atconsole";
    private const string SystemUser = "system";

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(59);
    private static readonly string[] TellingWhoAsked =
    [
        "req_id",
        "access_key_id",
        "token",
        "signature",
        "signature_method",
        "signature_version",
    ];

    /// <summary>The directive as a JSON string; null when the job shows none.</summary>
    public static string? Of(JobView job, Knobs knobs)
    {
        var echo = job.Echo ?? knobs.Echo;
        if (echo == Echo.None)
            return null;

        var directive = Request([.. job.Request.Parameters.Where(parameter => IsEchoed(parameter.Key, echo))]);
        if (echo != Echo.WithoutSender)
            AddWhatTheCloudKnows(directive, job);

        if (knobs.PasswordMask != PasswordMask.Clear)
            HidePassword(directive, knobs.PasswordMask);

        return directive.ToJsonString(BodyForms.Readable);
    }

    private static bool IsEchoed(string name, Echo echo) =>
        echo switch
        {
            Echo.WithoutRequestId => name != "req_id",
            Echo.WithoutSender => !TellingWhoAsked.Contains(name),
            _ => true,
        };

    /// <summary><c>status.1</c> is echoed as it is, and as an item of the list <c>status</c>.</summary>
    private static JsonObject Request(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var request = new JsonObject();
        foreach (var (name, value) in parameters)
            request[name] = value;

        foreach (var list in parameters.ToLookup(item => ListOf(item.Key), item => JsonValue.Create(item.Value)))
        {
            if (list.Key is { } name)
                request[name] = new JsonArray([.. list]);
        }

        // Until when the request was good is for the cloud to say, whatever the request said.
        if (request["time_stamp"] is { } stamp)
            request["expires"] = Stamps.Write(Stamps.Read((string)stamp!) + Validity);

        return request;
    }

    private static string? ListOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && int.TryParse(name.AsSpan(dot + 1), out _) ? name[..dot] : null;
    }

    private static void AddWhatTheCloudKnows(JsonObject directive, JobView job)
    {
        directive["sender"] = Sender(job.Request.Channel);
        directive["request_zone"] = job.Zone;
        directive["resource_kit"] = "ca-simulated";
        directive["app_ids"] = ClusterActions.MySqlPlusApp;
        directive["resource_ids"] = new JsonArray(job.ClusterId);
    }

    /// <summary>The user that makes jobs on a channel.</summary>
    public static string UserOf(Channel channel) =>
        channel switch
        {
            Channel.Api => Owner,
            Channel.Console => ConsoleUser,
            _ => SystemUser,
        };

    private static JsonObject Sender(Channel channel)
    {
        var isSystem = channel == Channel.Internal;
        return new JsonObject
        {
            ["user_id"] = UserOf(channel),
            ["root_user_id"] = isSystem ? SystemUser : Owner,
            ["role"] = isSystem ? "global_admin" : "user",
            ["privilege"] = 10,
            ["console_id"] = isSystem ? SystemUser : "qingcloud",
            ["lang"] = "en",
            ["channel"] = channel.WireName(),
        };
    }

    private static void HidePassword(JsonObject directive, PasswordMask mask)
    {
        if (
            directive["service_params"] is { } text
            && JsonNode.Parse((string)text!) is JsonObject sent
            && (string?)sent["password"] is { } password
        )
        {
            if (mask == PasswordMask.Absent)
                sent.Remove("password");
            else
                sent["password"] = Masked(password, mask);

            directive["service_params"] = sent.ToJsonString(BodyForms.Readable);
        }
    }

    private static string Masked(string password, PasswordMask mask) =>
        mask switch
        {
            PasswordMask.ThreeStars => "***",
            PasswordMask.SixStars => "******",
            PasswordMask.EightStars => "********",
            PasswordMask.Hidden => "<hidden>",
            PasswordMask.Crosses => "xxxxxx",
            PasswordMask.Filtered => "[FILTERED]",
            PasswordMask.TwoLetters => string.Concat(password.AsSpan(0, Math.Min(2, password.Length)), "********"),
            _ => "",
        };
}
