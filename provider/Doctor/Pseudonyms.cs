using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>Replaces QingCloud's ids, the same by the same: a report shows which are one, not what they are.</summary>
internal sealed partial class Pseudonyms
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public string Apply(string text) => Id().Replace(text, id => NameOf(id.Value, id.Groups["kind"].Value));

    private string NameOf(string id, string kind)
    {
        if (!_names.TryGetValue(id, out var name))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            name = _names[id] = FormattableString.Invariant($"{kind}-{number}");
        }

        return name;
    }

    [GeneratedRegex(
        @"\b(?<kind>cl|cln|j|usr|app|appv|ca|vxnet|rtr|vpc|i|eip|sg)-(?=[a-z0-9]*[0-9])[a-z0-9]{6,}\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Id();
}
