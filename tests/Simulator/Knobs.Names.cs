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

    /// <summary>Those that are not at their default, as <c>Name=Value</c>.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            All.Where(knob => !Equals(knob.GetValue(this), knob.GetValue(Defaults)))
                .Select(knob => $"{knob.Name}={knob.GetValue(this) ?? None}")
        );

    private static object? Parse(PropertyInfo knob, string text)
    {
        var type = Nullable.GetUnderlyingType(knob.PropertyType);
        if (type is not null && text == None)
            return null;

        type ??= knob.PropertyType;
        try
        {
            return type.IsEnum ? Enum.Parse(type, text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)
                : type == typeof(TimeSpan) ? Durations.Parse(text)
                : TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"'{text}' is no value of the knob {knob.Name}", wrong);
        }
    }
}
