using System.Text;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Driver;

/// <summary>References between the parts of a program: <c>${name.output}</c> in strings.</summary>
internal static partial class Expressions
{
    /// <summary>The names that the strings in these values refer to.</summary>
    public static IEnumerable<string> References(PropertyMap values) => values.Values.SelectMany(References);

    /// <summary>The names that the strings in this value refer to.</summary>
    public static IEnumerable<string> References(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.TextValue text => Reference()
                .Matches(text.Value)
                .Where(match => match.Groups["path"].Success)
                .Select(match => match.Groups["path"].Value.Split('.', '[')[0]),
            PropertyValue.ListValue list => list.Items.SelectMany(References),
            PropertyValue.MapValue map => References(map.Map),
            _ => [],
        };

    /// <summary>The values with each reference replaced by what it refers to. What is null then is left out.</summary>
    public static PropertyMap Resolve(PropertyMap values, Func<string, PropertyValue> find) =>
        PropertyMap.From(
            values
                .Select(entry => KeyValuePair.Create(entry.Key, Resolve(entry.Value, find)))
                .Where(entry => entry.Value is not PropertyValue.NullValue)
        );

    private static PropertyValue Resolve(PropertyValue value, Func<string, PropertyValue> find) =>
        value switch
        {
            PropertyValue.SecretValue secret => Resolve(secret.Value, find).AsSecret(),
            PropertyValue.TextValue text => Resolve(text, find),
            PropertyValue.ListValue list => new PropertyValue.ListValue([
                .. list.Items.Select(item => Resolve(item, find)),
            ]),
            PropertyValue.MapValue map => PropertyValue.Of(Resolve(map.Map, find)),
            _ => value,
        };

    private static PropertyValue Resolve(PropertyValue.TextValue text, Func<string, PropertyValue> find)
    {
        var matches = Reference().Matches(text.Value);
        if (matches.Count == 0)
            return text;

        if (matches is [{ Groups: var groups } only] && only.Length == text.Value.Length && groups["path"].Success)
            return find(groups["path"].Value);

        var (joined, from, isSecret) = (new StringBuilder(), 0, false);
        foreach (Match match in matches)
        {
            joined.Append(text.Value, from, match.Index - from);
            from = match.Index + match.Length;
            var part = match.Groups["path"] is { Success: true } path ? find(path.Value) : PropertyValue.Of("${");
            isSecret |= part.IsSecret;
            if (part.HasUnknowns)
                return isSecret ? PropertyValue.Unknown.AsSecret() : PropertyValue.Unknown;

            joined.Append(Plain(part));
        }

        var value = PropertyValue.Of(joined.Append(text.Value, from, text.Value.Length - from).ToString());
        return isSecret ? value.AsSecret() : value;
    }

    private static string Plain(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.TextValue text => text.Value,
            PropertyValue.NumberValue number => number.Value.ToString(
                System.Globalization.CultureInfo.InvariantCulture
            ),
            PropertyValue.BoolValue truth => truth.Value ? "true" : "false",
            _ => throw new DriverException("Only a string, a number or a Boolean can be part of a string."),
        };

    [GeneratedRegex(@"\$\$\{|\$\{(?<path>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}

/// <summary>A program, an option or a file that the driver cannot use.</summary>
internal sealed class DriverException(string message) : Exception(message);
