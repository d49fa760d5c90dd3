using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>Finds secrets in what leaves the provider: errors, states in clear, logs, URLs.</summary>
internal static class Secrets
{
    /// <summary>Whether a secret of at least 6 characters appears, as it is or in a usual encoding.</summary>
    public static bool AppearIn(string output, IEnumerable<string> secrets) =>
        secrets.SelectMany(Forms).Any(form => output.Contains(form, StringComparison.OrdinalIgnoreCase));

    private static string[] Forms(string secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 6, nameof(secret));
        var (url, bytes) = (Uri.EscapeDataString(secret), Encoding.UTF8.GetBytes(secret));
        var json = new[] { JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping }.Select(encoder =>
            JsonEncodedText.Encode(secret, encoder).Value
        );
        return [secret, url, url.Replace("%20", "+", StringComparison.Ordinal), Convert.ToBase64String(bytes), .. json];
    }
}
