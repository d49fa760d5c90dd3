using System.Globalization;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The decoded parameters of a call, in the order in which they came.</summary>
public sealed class Parameters
{
    private const int MaxListed = 100;
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    private Parameters()
    {
    }

    public static Parameters None { get; } = new();

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>The value of a parameter; null when it was not sent.</summary>
    public string? this[string name] => _byName.GetValueOrDefault(name);

    internal static Parameters Parse(string encoded)
    {
        var parameters = new Parameters();
        foreach (var range in encoded.AsSpan().Split('&'))
        {
            var pair = encoded.AsSpan(range);
            // The documentation's own example begins with an ampersand.
            if (pair.Length > 0)
            {
                parameters.Add(pair);
            }
        }

        return parameters;
    }

    internal string Required(string name) => this[name] switch
    {
        null => throw Refuse.Malformed($"parameter [{name}] is missing"),
        "" => throw Refuse.Malformed($"parameter [{name}] is empty"),
        var value => value,
    };

    internal int Whole(string name, int otherwise, int min, int max)
    {
        if (this[name] is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Refuse.BadValue($"parameter [{name}] has to be a whole number from {min} to {max}");
    }

    /// <summary>The list <c>name.1</c> to <c>name.n</c>, without gaps.</summary>
    internal IReadOnlyList<string> List(string name)
    {
        var values = new List<string>();
        while (this[$"{name}.{values.Count + 1}"] is { } value)
        {
            values.Add(value);
        }

        var sent = _pairs.Count(pair => IsListed(pair.Key, name));
        if (sent != values.Count)
        {
            throw Refuse.Malformed($"list [{name}] has to be numbered from 1 without gaps");
        }

        return values.Count <= MaxListed ? values : throw Refuse.BadValue($"list [{name}] has more than {MaxListed} entries");
    }

    /// <summary>Refuses names that the action does not have; <c>jobs.n</c> allows a list.</summary>
    internal void AllowOnly(IReadOnlySet<string> names)
    {
        foreach (var (name, _) in _pairs)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (!names.Contains(dot < 0 ? name : $"{name[..dot]}.n"))
            {
                throw Refuse.Malformed($"parameter [{name}] is not known");
            }
        }
    }

    private static bool IsListed(string parameter, string list) =>
        parameter.Length > list.Length && parameter[list.Length] == '.'
        && parameter.StartsWith(list, StringComparison.Ordinal);

    private void Add(ReadOnlySpan<char> pair)
    {
        var sign = pair.IndexOf('=');
        if (sign <= 0)
        {
            throw Refuse.Malformed("a parameter has no name or no value");
        }

        // A raw "=" in a value is legal in a query, but no client that follows the signing steps sends one.
        if (pair[(sign + 1)..].Contains('='))
        {
            throw Refuse.Malformed("an equals sign in a value has to be percent-encoded");
        }

        var name = PercentEncoding.Decode(pair[..sign]);
        var value = PercentEncoding.Decode(pair[(sign + 1)..]);
        if (!_byName.TryAdd(name, value))
        {
            throw Refuse.Malformed($"parameter [{name}] was sent twice");
        }

        _pairs.Add(KeyValuePair.Create(name, value));
    }
}
