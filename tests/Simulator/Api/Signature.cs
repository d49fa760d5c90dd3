using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The signature that a request has to carry, worked out from the request as it was received.</summary>
internal static class Signature
{
    public static void Verify(string method, string path, Parameters parameters, string secret)
    {
        var expected = Compute(method, path, parameters, secret);
        var sent = Encoding.UTF8.GetBytes(parameters.Required("signature"));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), sent))
            throw Refuse.Unauthenticated("signature not matched");
    }

    public static string Compute(string method, string path, Parameters parameters, string secret)
    {
        var signed = parameters
            .Pairs.Where(pair => pair.Key != "signature")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        var text = Encoding.UTF8.GetBytes($"{method}\n{path}\n{string.Join('&', signed)}");
        return Convert.ToBase64String(
            Hash(parameters.Required("signature_method"), Encoding.UTF8.GetBytes(secret), text)
        );
    }

    [SuppressMessage("Security", "CA5350", Justification = "HmacSHA1 is one of the API's two signature methods.")]
    private static byte[] Hash(string algorithm, byte[] secret, byte[] text) =>
        algorithm switch
        {
            "HmacSHA256" => HMACSHA256.HashData(secret, text),
            "HmacSHA1" => HMACSHA1.HashData(secret, text),
            _ => throw Refuse.BadValue($"signature_method [{algorithm}] is not known"),
        };
}
