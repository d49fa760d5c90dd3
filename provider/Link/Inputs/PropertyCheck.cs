using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Checks the properties of one object. Each failure names the property and says how to fix it; no failure
/// quotes a secret. An unknown value passes: it is checked again when it is known.</summary>
internal sealed class PropertyCheck(PropertyMap properties, string prefix, List<CheckFailure> failures)
{
    private const int Shown = 60;

    private const string YamlHint =
        " In YAML, put the value in quotes; for a value from the configuration, write `type: string` there.";

    public PropertyMap Properties => properties;

    /// <summary>Properties that do not exist are most often misspelt ones.</summary>
    public void OnlyKnown(string[] names)
    {
        foreach (var name in properties.Keys.Except(names, StringComparer.Ordinal).Where(key => !Names.IsHidden(key)))
        {
            var close = names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            var hint = close is null
                ? $"the properties here are {string.Join(", ", names)}"
                : $"did you mean {prefix}{close}?";
            var owner = prefix.Length == 0 ? "StandbyReplication" : prefix.TrimEnd('.');
            Fail(name, $"is not a property of {owner}; {hint}");
        }
    }

    public void Text(string name, string meaning, Regex? form = null) =>
        Text(name, meaning, text => form?.IsMatch(text) == false ? Wrong(meaning) : null);

    /// <summary>The same, for a property that may be left out.</summary>
    public void OptionalText(string name, string meaning, Func<string, bool> isRight)
    {
        if (properties[name].Bare is not PropertyValue.NullValue)
            Text(name, meaning, text => isRight(text) ? null : Wrong(meaning));
    }

    /// <summary>Checks for a string of which <paramref name="problem"/> says what is wrong with it, as a sentence
    /// without its subject; null where nothing is.</summary>
    public void Text(string name, string meaning, Func<string, string?> problem) =>
        Check(name, meaning, "a string, ", TextOf, problem);

    public void OneOf(string name, params string[] allowed)
    {
        var meaning = string.Join(" or ", allowed.Select(choice => $"\"{choice}\""));
        Check(
            name,
            meaning,
            "",
            TextOf,
            text => allowed.Contains(text, StringComparer.Ordinal) ? null : Wrong(meaning)
        );
    }

    public void Flag(string name) =>
        Check(name, "true or false", "", value => (value as PropertyValue.BoolValue)?.Value.ToString(), _ => null);

    public void Integer(string name, int least, int most)
    {
        var meaning = string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most}");
        Check(
            name,
            meaning,
            "",
            value => (value as PropertyValue.NumberValue)?.Value.ToString(CultureInfo.InvariantCulture),
            text =>
                int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? null
                    : Wrong(meaning)
        );
    }

    /// <summary>Checks for an object; null where there is none to look into.</summary>
    public PropertyCheck? Object(string name, string meaning)
    {
        Check(name, meaning, "an object, ", value => (value as PropertyValue.MapValue)?.ToString(), _ => null);
        return properties[name].Bare is PropertyValue.MapValue map
            ? new PropertyCheck(map.Map, $"{prefix}{name}.", failures)
            : null;
    }

    public void Fail(string name, string reason) => failures.Add(new CheckFailure(prefix + name, reason));

    private static string? TextOf(PropertyValue value) => (value as PropertyValue.TextValue)?.Value;

    private static string Wrong(string meaning) => $"must be {meaning}";

    /// <summary>Checks that a property is there, of the right kind, and right.</summary>
    /// <param name="name">The property.</param>
    /// <param name="meaning">What it must be, in words.</param>
    /// <param name="kind">Its kind, before those words.</param>
    /// <param name="read">Writes a value of that kind out; null for one of another kind.</param>
    /// <param name="problem">What is wrong with a value that is written so; null where nothing is.</param>
    private void Check(
        string name,
        string meaning,
        string kind,
        Func<PropertyValue, string?> read,
        Func<string, string?> problem
    )
    {
        var value = properties[name];
        var reason = (value.Bare, read(value.Bare)) switch
        {
            (PropertyValue.UnknownValue, _) => null,
            (PropertyValue.NullValue, _) => $"is missing: set it to {meaning}.",
            (var other, null) => $"must be {kind}{meaning}; got {Kind(other)}.{HintFor(kind, other)}",
            (_, "") => $"is empty: set it to {meaning}.",
            (_, var text) => problem(text) is { } wrong ? $"{wrong}{Got(value, text)}." : null,
        };
        if (reason is not null)
            Fail(name, reason);
    }

    /// <summary>YAML reads what looks like a number or a Boolean as one.</summary>
    private static string HintFor(string kind, PropertyValue got) =>
        kind == "a string, " && got is PropertyValue.NumberValue or PropertyValue.BoolValue ? YamlHint : "";

    /// <summary>What the value is, unless it is a secret. A control character would end the message's line, or hide in
    /// it.</summary>
    private static string Got(PropertyValue value, string text)
    {
        if (value.IsSecret)
            return "";

        var shown = text.Length > Shown ? text[..Shown] + "..." : text;
        return $"; got \"{string.Concat(shown.Select(Printable))}\"";
    }

    private static string Printable(char c) =>
        c == '\n' ? "\\n"
        : char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
        : c.ToString();

    private static string Kind(PropertyValue value) =>
        value switch
        {
            PropertyValue.BoolValue => "a boolean",
            PropertyValue.NumberValue => "a number",
            PropertyValue.TextValue => "a string",
            PropertyValue.ListValue => "a list",
            PropertyValue.MapValue => "an object",
            _ => "an asset",
        };
}
