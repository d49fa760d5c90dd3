using System.Globalization;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>The parts of <c>kind=value,option=value,...</c>; an option that nobody asked for is an error.</summary>
internal sealed class SpecText
{
    private readonly string _text;
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    public SpecText(string text)
    {
        _text = text;
        var parts = Split(text);
        (Kind, Value) = Pair(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var (name, value) = Pair(part);
            _options[name] = value ?? throw Wrong($"option '{name}' has no value");
        }
    }

    public string Kind { get; }

    public string? Value { get; }

    public string? Take(string option) => _options.Remove(option, out var value) ? value : null;

    public T? Take<T>(string option, Func<string, T> read)
        where T : struct => Take(option) is { } text ? read(text) : null;

    public void CheckAllTaken()
    {
        if (_options.Count > 0)
        {
            throw Wrong($"'{_options.Keys.First()}' is no option of '{Kind}'");
        }
    }

    public int ValueOr(int otherwise) => Value is { } text ? Whole(text) : otherwise;

    public string NeedValue() => Value ?? throw Wrong($"'{Kind}' needs a value");

    public int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Wrong($"'{text}' is no whole number");

    public double Fraction(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
        ? value
        : throw Wrong($"'{text}' is no number from 0 to 1");

    public TimeSpan Duration(string text) => Durations.TryParse(text, out var value)
        ? value
        : throw Wrong($"'{text}' is no duration like 500ms, 2s, 5m or 1h");

    public T OneOf<T>(string text, params (string Name, T Value)[] choices)
    {
        var index = Array.FindIndex(choices, choice => choice.Name == text);
        return index >= 0 ? choices[index].Value : throw Wrong($"'{text}' is none of {string.Join(", ", choices.Select(choice => choice.Name))}");
    }

    public FormatException Wrong(string why) => new($"fault '{_text}': {why}");

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
