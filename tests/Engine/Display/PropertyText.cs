using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Display;

/// <summary>Property values as people read them. Secrets are never shown.</summary>
internal static class PropertyText
{
    public static string Of(PropertyValue? value) =>
        value switch
        {
            null => "(none)",
            { IsSecret: true } => "[secret]",
            _ => value.Bare switch
            {
                PropertyValue.UnknownValue => "[unknown]",
                PropertyValue.ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
                PropertyValue.MapValue map =>
                    $"{{{string.Join(", ", map.Map.Select(entry => $"{entry.Key}: {Of(entry.Value)}"))}}}",
                PropertyValue.AssetValue => "[asset]",
                var bare => PropertyJson.WritePlain(bare),
            },
        };

    /// <summary>The changed properties of a step in one line, such as <c>~state,+tags</c>.</summary>
    public static string Summary(StepRecord step) =>
        string.Join(
            ",",
            step.Changes.OrderBy(change => change.Key, StringComparer.Ordinal)
                .Select(change => Marker(change.Value) + change.Key)
        );

    /// <summary>The changed properties of a step, a line each.</summary>
    public static IEnumerable<string> Lines(StepRecord step) =>
        from change in step.Changes.OrderBy(change => change.Key, StringComparer.Ordinal)
        let path = PropertyPath.Parse(change.Key)
        let before = Of(Find(step.Old, path))
        let after = Of(Find(step.New, path))
        select change.Value switch
        {
            PropertyChangeKind.Add or PropertyChangeKind.AddReplace => $"{Marker(change.Value)} {change.Key}: {after}",
            PropertyChangeKind.Delete or PropertyChangeKind.DeleteReplace => $"{Marker(change.Value)} {change.Key}: "
                + $"{before}",
            _ => $"{Marker(change.Value)} {change.Key}: {before} => {after}",
        };

    /// <summary>The properties of a resource that begins.</summary>
    public static IEnumerable<string> Lines(PropertyMap inputs) =>
        inputs.Select(input => $"{input.Key}: " + $"{Of(input.Value)}");

    private static PropertyValue? Find(ResourceState? resource, PropertyPath path) =>
        resource is null
            ? null
            : path.Find(PropertyValue.Of(resource.Inputs)) ?? path.Find(PropertyValue.Of(resource.Outputs));

    private static string Marker(PropertyChangeKind kind) =>
        kind switch
        {
            PropertyChangeKind.Add => "+",
            PropertyChangeKind.AddReplace => "+",
            PropertyChangeKind.Delete => "-",
            PropertyChangeKind.DeleteReplace => "-",
            PropertyChangeKind.Update => "~",
            _ => "+-",
        };
}
