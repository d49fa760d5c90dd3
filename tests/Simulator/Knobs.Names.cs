using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator;

/// <summary>Knobs by their names, for the command line, the control endpoints and the output of tests.</summary>
public sealed partial record Knobs
{
    private const string None = "none";
    private static readonly Knobs Defaults = new();
    private static readonly PropertyInfo[] All = typeof(Knobs)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(knob => knob.CanWrite)
        .ToArray();

    /// <summary>The same knobs with one set otherwise. Neither case nor hyphens matter.</summary>
    /// <exception cref="FormatException">There is no such knob, or it has no such value.</exception>
    public Knobs With(string name, string value)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        var knob =
            Array.Find(All, each => each.Name.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"'{name}' is no knob");
        var changed = this with { };
        knob.SetValue(changed, Parse(knob, value));
        return changed;
    }

    /// <summary>Those that are not at their default, as <c>Name=Value</c>; <see cref="With"/> reads them.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            All.Where(knob => !Equals(knob.GetValue(this), knob.GetValue(Defaults)))
                .Select(knob => $"{knob.Name}={Text(knob.GetValue(this))}")
        );

    private static string Text(object? value) =>
        value switch
        {
            null => None,
            TimeSpan span => FormattableString.Invariant($"{span.TotalSeconds}s"),
            _ => $"{value}",
        };

    private static object? Parse(PropertyInfo knob, string text)
    {
        var optional = Nullable.GetUnderlyingType(knob.PropertyType);
        if (optional is not null && text == None)
            return null;

        var type = optional ?? knob.PropertyType;
        if (type == typeof(TimeSpan))
            return Durations.Parse(text);

        try
        {
            var plain = type.IsEnum ? text.Replace("-", "", StringComparison.Ordinal) : text;
            return TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, plain);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new FormatException($"'{text}' is no value of the knob {knob.Name}", wrong);
        }
    }
}
