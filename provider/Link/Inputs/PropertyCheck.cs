using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Checks the properties of one object. Each failure names the property and says how to fix it; no failure
/// quotes a secret. An unknown value passes: it is checked again when it is known.</summary>
internal sealed class PropertyCheck(PropertyMap properties, string prefix, List<CheckFailure> failures)
{
    private const int Shown = 60;

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
        Check(name, meaning, "a string, ", TextOf, text => form?.IsMatch(text) != false);

    /// <summary>The same, for a property that may be left out.</summary>
    public void OptionalText(string name, string meaning, Regex form)
    {
        if (properties[name].Bare is not PropertyValue.NullValue)
            Text(name, meaning, form);
    }

    public void Host(string name, string meaning) =>
        Check(name, meaning, "a string, ", TextOf, text => Uri.CheckHostName(text) != UriHostNameType.Unknown);

    public void OneOf(string name, params string[] allowed) =>
        Check(
            name,
            string.Join(" or ", allowed.Select(choice => $"\"{choice}\"")),
            "",
            TextOf,
            text => allowed.Contains(text, StringComparer.Ordinal)
        );

    public void Flag(string name) =>
        Check(name, "true or false", "", value => (value as PropertyValue.BoolValue)?.Value.ToString(), _ => true);

    public void Integer(string name, int least, int most) =>
        Check(
            name,
            string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most}"),
            "",
            value => (value as PropertyValue.NumberValue)?.Value.ToString(CultureInfo.InvariantCulture),
            text =>
                int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
        );

    /// <summary>Checks for an object; null where there is none to look into.</summary>
    public PropertyCheck? Object(string name, string meaning)
    {
        Check(name, meaning, "an object, ", value => (value as PropertyValue.MapValue)?.ToString(), _ => true);
        return properties[name].Bare is PropertyValue.MapValue map
            ? new PropertyCheck(map.Map, $"{prefix}{name}.", failures)
            : null;
    }

    public void Fail(string name, string reason) => failures.Add(new CheckFailure(prefix + name, reason));

    private static string? TextOf(PropertyValue value) => (value as PropertyValue.TextValue)?.Value;

    /// <summary>Checks that a property is there, of the right kind, and right.</summary>
    /// <param name="name">The property.</param>
    /// <param name="meaning">What it must be, in words.</param>
    /// <param name="kind">Its kind, before those words.</param>
    /// <param name="read">Writes a value of that kind out; null for one of another kind.</param>
    /// <param name="isRight">Whether a value that is written so is right.</param>
    private void Check(
        string name,
        string meaning,
        string kind,
        Func<PropertyValue, string?> read,
        Func<string, bool> isRight
    )
    {
        var value = properties[name];
        var reason = (value.Bare, read(value.Bare)) switch
        {
            (PropertyValue.UnknownValue, _) => null,
            (PropertyValue.NullValue, _) => $"is missing: set it to {meaning}.",
            (_, null) => $"must be {kind}{meaning}; got {Kind(value)}.",
            (_, "") => $"is empty: set it to {meaning}.",
            (_, var text) => isRight(text) ? null : $"must be {meaning}; got {Quote(value, text)}.",
        };
        if (reason is not null)
            Fail(name, reason);
    }

    private static string Quote(PropertyValue value, string text) =>
        value.IsSecret ? "[secret]" : $"\"{(text.Length > Shown ? text[..Shown] + "..." : text)}\"";

    private static string Kind(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.BoolValue => "a boolean",
            PropertyValue.NumberValue => "a number",
            PropertyValue.TextValue => "a string",
            PropertyValue.ListValue => "a list",
            PropertyValue.MapValue => "an object",
            _ => "an asset",
        };
}
