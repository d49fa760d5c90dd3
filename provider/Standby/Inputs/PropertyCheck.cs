using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Standby.Inputs;

/// <summary>Checks the properties of one object. Each failure names the property and says how to fix it; no failure
/// quotes a secret. An unknown value passes: it is checked again when it is known.</summary>
internal sealed class PropertyCheck(PropertyMap properties, string prefix, List<CheckFailure> failures)
{
    public PropertyMap Properties => properties;

    /// <summary>Properties that do not exist are most often misspelt ones.</summary>
    public void OnlyKnown(string[] names)
    {
        foreach (var name in properties.Keys.Where(key => !key.StartsWith("__", StringComparison.Ordinal)))
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                var close = names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
                var hint = close is null
                    ? $"the properties here are {string.Join(", ", names)}"
                    : $"did you mean {prefix}{close}?";
                var owner = prefix.Length == 0 ? "StandbyReplication" : prefix.TrimEnd('.');
                Fail(name, $"is not a property of {owner}; {hint}");
            }
        }
    }

    public void Text(string name, string meaning, Regex? form = null, bool isHost = false)
    {
        var value = properties[name];
        switch (value.Bare)
        {
            case PropertyValue.UnknownValue:
                break;
            case PropertyValue.NullValue:
                Fail(name, $"is missing: set it to {meaning}.");
                break;
            case PropertyValue.TextValue text when text.Value.Length == 0:
                Fail(name, $"is empty: set it to {meaning}.");
                break;
            case PropertyValue.TextValue text
                when form?.IsMatch(text.Value) == false || (isHost && !IsHost(text.Value)):
                Fail(name, $"must be {meaning}; got {Quote(value, text.Value)}.");
                break;
            case PropertyValue.TextValue:
                break;
            default:
                Fail(name, $"must be a string, {meaning}; got {Kind(value)}.");
                break;
        }
    }

    /// <summary>The same, for a property that may be left out.</summary>
    public void OptionalText(string name, string meaning, Regex form)
    {
        if (properties[name].Bare is not PropertyValue.NullValue)
            Text(name, meaning, form);
    }

    public void OneOf(string name, params string[] allowed)
    {
        var value = properties[name];
        var choices = string.Join(" or ", allowed.Select(choice => $"\"{choice}\""));
        switch (value.Bare)
        {
            case PropertyValue.UnknownValue:
                break;
            case PropertyValue.NullValue:
                Fail(name, $"is missing: set it to {choices}.");
                break;
            case PropertyValue.TextValue text when allowed.Contains(text.Value, StringComparer.Ordinal):
                break;
            case PropertyValue.TextValue text:
                Fail(name, $"must be {choices}; got {Quote(value, text.Value)}.");
                break;
            default:
                Fail(name, $"must be {choices}; got {Kind(value)}.");
                break;
        }
    }

    public void Flag(string name)
    {
        if (properties[name].Bare is not
            (PropertyValue.BoolValue or PropertyValue.NullValue or PropertyValue.UnknownValue))
        {
            Fail(name, $"must be true or false; got {Kind(properties[name])}.");
        }
    }

    public void Integer(string name, double least, double most)
    {
        var value = properties[name];
        var range = string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most}");
        switch (value.Bare)
        {
            case PropertyValue.UnknownValue:
                break;
            case PropertyValue.NumberValue number
                when double.IsInteger(number.Value) && number.Value >= least && number.Value <= most:
                break;
            case PropertyValue.NumberValue number:
                var text = number.Value.ToString(CultureInfo.InvariantCulture);
                Fail(name, $"must be {range}; got {Quote(value, text)}.");
                break;
            default:
                Fail(name, $"must be {range}; got {Kind(value)}.");
                break;
        }
    }

    /// <summary>Checks for an object; null where there is none to look into.</summary>
    public PropertyCheck? Object(string name, string meaning)
    {
        var value = properties[name];
        switch (value.Bare)
        {
            case PropertyValue.MapValue map:
                return new PropertyCheck(map.Map, $"{prefix}{name}.", failures);
            case PropertyValue.UnknownValue:
                return null;
            case PropertyValue.NullValue:
                Fail(name, $"is missing: set it to {meaning}.");
                return null;
            default:
                Fail(name, $"must be an object, {meaning}; got {Kind(value)}.");
                return null;
        }
    }

    private static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static string Quote(PropertyValue value, string text)
    {
        const int shown = 60;
        return value.IsSecret ? "[secret]" : $"\"{(text.Length > shown ? text[..shown] + "..." : text)}\"";
    }

    private static string Kind(PropertyValue value) => value.Bare switch
    {
        PropertyValue.NullValue => "nothing",
        PropertyValue.BoolValue => "a boolean",
        PropertyValue.NumberValue => "a number",
        PropertyValue.TextValue => "a string",
        PropertyValue.ListValue => "a list",
        PropertyValue.MapValue => "an object",
        _ => "an asset",
    };

    private void Fail(string name, string reason) => failures.Add(new CheckFailure(prefix + name, reason));
}
