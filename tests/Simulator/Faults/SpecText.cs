using System.Globalization;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>The parts of <c>kind=value,option=value,...</c>; others are a <see cref="FormatException"/>.</summary>
internal sealed class SpecText
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly string? _value;

    public SpecText(string text)
    {
        var parts = Split(text);
        (Kind, _value) = Pair(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var (name, value) = Pair(part);
            _options[name] = value ?? throw new FormatException($"option '{name}' has no value");
        }
    }

    public string Kind { get; }
    public string Value => _value ?? throw new FormatException($"'{Kind}' needs a value");

    public static int Integer(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static double Fraction(string text) =>
        double.Parse(text, CultureInfo.InvariantCulture) is >= 0 and <= 1 and var value
            ? value
            : throw new FormatException($"'{text}' is no number from 0 to 1");

    /// <summary>A value of an enumeration; neither case nor hyphens matter: <c>done-with-failure</c>.</summary>
    public static T OneOf<T>(string text)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var wanted = text.Replace("-", "", StringComparison.Ordinal);
        var index = Array.FindIndex(names, name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw new FormatException($"'{text}' is none of {string.Join(", ", names)}");
    }

    public string? Take(string option) => _options.Remove(option, out var value) ? value : null;

    public T? Take<T>(string option, Func<string, T> read)
        where T : struct => Take(option) is { } text ? read(text) : null;

    public int ValueOr(int otherwise) => _value is null ? otherwise : Integer(_value);

    public void CheckAllTaken()
    {
        if (_options.Count > 0)
            throw new FormatException($"'{_options.Keys.First()}' is no option of '{Kind}'");
    }

    // A message may hold commas, so it comes last and goes on to the end.
    private static List<string> Split(string text)
    {
        var message = text.IndexOf(",message=", StringComparison.Ordinal);
        return message < 0 ? [.. text.Split(',')] : [.. text[..message].Split(','), text[(message + 1)..]];
    }

    private static (string Name, string? Value) Pair(string part)
    {
        var sign = part.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? (part, null) : (part[..sign], part[(sign + 1)..]);
    }
}
