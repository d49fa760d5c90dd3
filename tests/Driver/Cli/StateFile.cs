using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Driver.Cli;

/// <summary>A stack's state as JSON, secrets in clear behind the protocol's marks: for demonstrations and tests only. Of
/// the options it keeps what outlives a program: protection, retention and time limits.</summary>
internal static class StateFile
{
    private static readonly JsonFormatter Indented = new(JsonFormatter.Settings.Default.WithIndentation());

    public static string Write(StackState state)
    {
        var map = PropertyMap
            .Empty.With("resources", new PropertyValue.ListValue([.. state.Resources.Select(Write)]))
            .With("providers", PropertyValue.Of(PropertyMap.From(state.Providers.Select(Named))))
            .With("pending", new PropertyValue.ListValue([.. state.Pending.Select(Write)]))
            .With("outputs", PropertyValue.Of(state.Outputs));
        return Indented.Format(StructWriter.Write(map)) + "\n";
    }

    public static StackState Read(string json)
    {
        var map = StructReader.Read(JsonParser.Default.Parse<Struct>(json));
        return new StackState([.. Items(map, "resources").Select(ReadResource)])
        {
            Providers = StackState.Empty.Providers.AddRange(
                MapOf(map["providers"]).Select(entry => KeyValuePair.Create(entry.Key, MapOf(entry.Value)))
            ),
            Pending =
            [
                .. Items(map, "pending").Select(item => new PendingOperation(Text(item, "urn"), Text(item, "kind"))),
            ],
            Outputs = MapOf(map["outputs"]),
        };
    }

    private static KeyValuePair<string, PropertyValue> Named(KeyValuePair<string, PropertyMap> provider) =>
        KeyValuePair.Create(provider.Key, PropertyValue.Of(provider.Value));

    private static PropertyValue Write(PendingOperation operation) =>
        PropertyValue.Of(PropertyMap.Empty.With("urn", operation.Urn).With("kind", operation.Kind));

    private static PropertyValue Write(ResourceState resource) =>
        PropertyValue.Of(
            PropertyMap
                .Empty.With("urn", resource.Urn)
                .With("type", resource.Type)
                .With("id", resource.Id)
                .With("provider", resource.Provider)
                .With("inputs", PropertyValue.Of(resource.Inputs))
                .With("outputs", PropertyValue.Of(resource.Outputs))
                .With("dependencies", List(resource.Dependencies))
                .With("initErrors", List(resource.InitErrors))
                .With("external", resource.External)
                .With("refreshBeforeUpdate", resource.RefreshBeforeUpdate)
                .With("taint", resource.Taint)
                .With("delete", resource.Delete)
                .With("pendingReplacement", resource.PendingReplacement)
                .With("protect", resource.Options.Protect)
                .With("retainOnDelete", resource.Options.RetainOnDelete)
                .With("deleteTimeout", resource.Options.Timeouts.Delete?.ToString("c", CultureInfo.InvariantCulture))
        );

    private static ResourceState ReadResource(PropertyMap resource) =>
        new(
            Text(resource, "urn"),
            Text(resource, "type"),
            Urns.NameOf(Text(resource, "urn")),
            MapOf(resource["inputs"])
        )
        {
            Id = Text(resource, "id"),
            Provider = Text(resource, "provider"),
            Outputs = MapOf(resource["outputs"]),
            Dependencies = [.. Texts(resource["dependencies"])],
            InitErrors = [.. Texts(resource["initErrors"])],
            External = Is(resource, "external"),
            RefreshBeforeUpdate = Is(resource, "refreshBeforeUpdate"),
            Taint = Is(resource, "taint"),
            Delete = Is(resource, "delete"),
            PendingReplacement = Is(resource, "pendingReplacement"),
            Options = new ResourceOptions
            {
                Protect = Is(resource, "protect"),
                RetainOnDelete = Is(resource, "retainOnDelete"),
                Timeouts = new CustomTimeouts(
                    Delete: resource["deleteTimeout"] is PropertyValue.TextValue limit
                        ? TimeSpan.Parse(limit.Value, CultureInfo.InvariantCulture)
                        : null
                ),
            },
        };

    private static PropertyValue.ListValue List(IEnumerable<string> items) => new([.. items.Select(PropertyValue.Of)]);

    private static IEnumerable<PropertyMap> Items(PropertyMap map, string name) =>
        ((PropertyValue.ListValue)map[name]).Items.Select(MapOf);

    private static IEnumerable<string> Texts(PropertyValue list) =>
        ((PropertyValue.ListValue)list).Items.Select(item => ((PropertyValue.TextValue)item).Value);

    private static PropertyMap MapOf(PropertyValue value) => ((PropertyValue.MapValue)value).Map;

    private static string Text(PropertyMap map, string name) => ((PropertyValue.TextValue)map[name]).Value;

    private static bool Is(PropertyMap map, string name) => map[name] is PropertyValue.BoolValue { Value: true };
}
