using System.Text;
using QingCloudMySqlStandby.QingCloud.Accounts;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>Stamps and signs a call. Every attempt is signed afresh: QingCloud refuses an old stamp.</summary>
internal static class RequestSigner
{
    public static SignedCall Sign(ApiCall call, Credentials credentials, string method, string path, DateTimeOffset now)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["action"] = call.Action,
            ["zone"] = call.Zone,
            ["time_stamp"] = Stamp(now),
            ["access_key_id"] = credentials.AccessKeyId,
            ["version"] = "1",
            ["signature_method"] = "HmacSHA256",
            ["signature_version"] = credentials.Token is null ? "1" : "2",
        };
        if (credentials.Token is { } token)
            parameters["token"] = token.Reveal();
        if (call.Validity is { } validity)
            parameters["expires"] = Stamp(now + validity);
        foreach (var (name, value) in call.Parameters)
            parameters[name] = value;

        return Sign(parameters, credentials.Secret, method, path);
    }

    public static SignedCall Sign(
        SortedDictionary<string, string> parameters,
        SecretText secret,
        string method,
        string path
    )
    {
        var query = string.Join('&', parameters.Select(p => $"{Encode(p.Key)}={Encode(p.Value)}"));
        var signature = Convert.ToBase64String(
            Sha256.Hmac(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes($"{method}\n{path}\n{query}"))
        );
        return new SignedCall($"{query}&signature={Encode(signature)}", SecretText.Passing(signature));
    }

    // Uri.EscapeDataString leaves exactly RFC 3986's unreserved characters alone and writes upper-case hex.
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A call ready to travel, as the text of a query or of a form.</summary>
internal sealed class SignedCall(string form, SecretText signature)
{
    public string Form { get; } = form;
    public SecretText Signature { get; } = signature;
}
