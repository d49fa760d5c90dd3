using System.Globalization;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The decoded parameters of a call, in the order in which they came.</summary>
public sealed class Parameters
{
    private const int MaxListed = 100;
    private readonly OrderedDictionary<string, string> _byName = new(StringComparer.Ordinal);

    internal Parameters(params IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (name, value) in pairs)
            Add(name, value);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _byName;

    /// <summary>The value of a parameter; null when it was not sent.</summary>
    public string? this[string name] => _byName.GetValueOrDefault(name);

    internal static Parameters Parse(string encoded, bool inForm)
    {
        var parameters = new Parameters();
        foreach (var range in encoded.AsSpan().Split('&'))
        {
            var pair = encoded.AsSpan(range);
            // The documentation's own example begins with an ampersand.
            if (pair.Length > 0)
            {
                // A raw "=" in a value would be legal, but no client that follows the signing steps sends one.
                var sign = pair.IndexOf('=');
                Refuse.Unless(sign > 0, () => Refuse.Malformed("a parameter has no name or no value"));
                parameters.Add(
                    PercentEncoding.Decode(pair[..sign], inForm),
                    PercentEncoding.Decode(pair[(sign + 1)..], inForm)
                );
            }
        }

        return parameters;
    }

    internal string Required(string name) =>
        this[name] switch
        {
            null => throw Refuse.Malformed($"parameter [{name}] is missing"),
            "" => throw Refuse.Malformed($"parameter [{name}] is empty"),
            var value => value,
        };

    internal int Integer(string name, int otherwise, int max = int.MaxValue)
    {
        var value = otherwise;
        Refuse.Unless(
            this[name] is not { } text
                || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max),
            () => Refuse.BadValue($"parameter [{name}] has to be an integer from 0 to {max}")
        );
        return value;
    }

    /// <summary>The list <c>name.1</c> to <c>name.n</c>, without gaps.</summary>
    internal IReadOnlyList<string> List(string name)
    {
        var values = new List<string>();
        while (this[$"{name}.{values.Count + 1}"] is { } value)
            values.Add(value);

        Refuse.Unless(
            Pairs.Count(pair => pair.Key.StartsWith($"{name}.", StringComparison.Ordinal)) == values.Count,
            () => Refuse.Malformed($"list [{name}] has to be numbered from 1 without gaps")
        );
        Refuse.Unless(
            values.Count <= MaxListed,
            () => Refuse.BadValue($"list [{name}] has more than {MaxListed} entries")
        );
        return values;
    }

    private void Add(string name, string value) =>
        Refuse.Unless(_byName.TryAdd(name, value), () => Refuse.Malformed($"parameter [{name}] was sent twice"));
}
