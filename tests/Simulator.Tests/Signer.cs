using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>Signs a request step by step as the documentation says, with nothing of the simulator.</summary>
internal static class Signer
{
    public static string Sign(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string>> parameters,
        string secret,
        string algorithm = "HmacSHA256"
    )
    {
        var pairs = parameters
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}");
        var joined = string.Join('&', pairs);
        var text = Encoding.UTF8.GetBytes($"{method}\n{path}\n{joined}");
        var key = Encoding.UTF8.GetBytes(secret);
        var hash = algorithm == "HmacSHA1" ? HmacSha1(key, text) : HMACSHA256.HashData(key, text);
        return $"{joined}&signature={Escape(Convert.ToBase64String(hash))}";
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            var plain = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
            escaped.Append(plain ? c.ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

#pragma warning disable CA5350 // One of the API's two signature methods.
    private static byte[] HmacSha1(byte[] key, byte[] text) => HMACSHA1.HashData(key, text);
#pragma warning restore CA5350
}
