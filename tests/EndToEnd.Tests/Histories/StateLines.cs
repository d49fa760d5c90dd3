using System.Globalization;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>A state in lines that two engines write alike: without times of day, random ids and what providers keep for
/// themselves.</summary>
internal static partial class StateLines
{
    public static IReadOnlyList<string> Of(StackState state) =>
        [
            .. state
                .Resources.Where(resource => resource.Urn.Type != "pulumi:pulumi:Stack")
                .Select(Line)
                .Order(StringComparer.Ordinal),
            .. state
                .PendingOperations.Select(operation => $"pending: {operation.Kind} " + $"{operation.Urn.Name}")
                .Order(StringComparer.Ordinal),
        ];

    private static string Line(ResourceState resource)
    {
        var isProvider = resource.Urn.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);
        return string.Join(
            ' ',
            new[]
            {
                $"{resource.Urn.Type.Split(':')[^1]} {Name(resource.Urn.Value)}",
                isProvider ? "" : resource.Id,
                Marks(resource),
                Field(
                    "provider",
                    resource.Provider is { } provider
                        ? Name(provider[..provider.LastIndexOf("::", StringComparison.Ordinal)])
                        : ""
                ),
                Field("after", Names(resource.Dependencies)),
                Field(
                    "properties after",
                    string.Join(
                        ' ',
                        resource
                            .PropertyDependencies.Where(entry => entry.Value.Count > 0)
                            .Select(entry => $"{entry.Key}:{Names(entry.Value)}")
                    )
                ),
                Field("deletedWith", resource.DeletedWith is { } other ? Name(other) : ""),
                Field("replaceWith", Names(resource.ReplaceWith)),
                Field("ignores", string.Join(',', resource.IgnoreChanges)),
                Field("replaceOnChanges", string.Join(',', resource.ReplaceOnChanges)),
                Field("trigger", Text(resource.ReplacementTrigger)),
                Field("import", resource.ImportId ?? ""),
                Field("errors", TimeOfDay().Replace(string.Join(',', resource.InitErrors), "then")),
                Field("timeouts", resource.Timeouts == CustomTimeouts.None ? "" : resource.Timeouts.ToString()),
                $"inputs {Text(PropertyValue.Of(resource.Inputs))}",
                $"outputs {Text(PropertyValue.Of(resource.Outputs))}",
            }.Where(part => part.Length > 0)
        );
    }

    private static string Marks(ResourceState resource) =>
        string.Join(
            ' ',
            new[]
            {
                resource.Delete ? "to delete" : "",
                resource.PendingReplacement ? "to replace" : "",
                resource.Protect ? "protected" : "",
                resource.RetainOnDelete ? "retained" : "",
                resource.Taint ? "tainted" : "",
                resource.RefreshBeforeUpdate ? "to refresh" : "",
            }.Where(mark => mark.Length > 0)
        );

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")]
    private static partial Regex TimeOfDay();

    private static string Field(string name, string value) => value.Length > 0 ? $"{name} ({value})" : "";

    private static string Names(IEnumerable<string> urns) => string.Join(',', urns.Select(Name));

    private static string Name(string urn) => urn.Split("::")[^1];

    private static string Text(PropertyValue value) =>
        value switch
        {
            PropertyValue.NullValue => "",
            PropertyValue.BoolValue flag => flag.Value ? "true" : "false",
            PropertyValue.NumberValue number => number.Value.ToString(CultureInfo.InvariantCulture),
            PropertyValue.TextValue text => text.Value,
            PropertyValue.ListValue list => $"[{string.Join(',', list.Items.Select(Text))}]",
            PropertyValue.MapValue map =>
                $"{{{string.Join(' ', map.Map.Where(IsComparable).Select(entry => $"{entry.Key}={Text(entry.Value)}"))}}}",
            PropertyValue.SecretValue secret => $"secret({Text(secret.Value)})",
            _ => throw new InvalidOperationException($"A state holds no {value}."),
        };

    private static bool IsComparable(KeyValuePair<string, PropertyValue> property) =>
        !property.Key.StartsWith("__", StringComparison.Ordinal)
        && !property.Key.EndsWith("At", StringComparison.Ordinal);
}
