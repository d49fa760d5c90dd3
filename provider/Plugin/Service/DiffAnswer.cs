using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Reports a comparison in the protocol's five overlapping ways, all derived from the changes so that they
/// agree.</summary>
internal static class DiffAnswer
{
    public static Wire.DiffResponse Of(DiffResult result, IEnumerable<string> ignoreChanges)
    {
        var ignored = ignoreChanges.Select(PropertyPath.Parse).ToList();
        var changes = result
            .Changes.Select(change => (Text: change.Key, Path: PropertyPath.Parse(change.Key), Change: change.Value))
            .Where(change => !ignored.Any(path => path.Covers(change.Path)))
            .OrderBy(change => change.Text, StringComparer.Ordinal)
            .ToList();
        var replacing = changes.Where(change => change.Change.Replace).ToList();
        return new Wire.DiffResponse
        {
            Changes =
                changes.Count > 0
                    ? Wire.DiffResponse.Types.DiffChanges.DiffSome
                    : Wire.DiffResponse.Types.DiffChanges.DiffNone,
            HasDetailedDiff = changes.Count > 0,
            DeleteBeforeReplace = replacing.Count > 0 && result.DeleteBeforeReplace,
            Diffs = { changes.Select(change => change.Path.Root).Distinct(StringComparer.Ordinal) },
            Replaces = { replacing.Select(change => change.Path.Root).Distinct(StringComparer.Ordinal) },
            DetailedDiff = { changes.ToDictionary(c => c.Text, c => Detail(c.Change), StringComparer.Ordinal) },
        };
    }

    private static Wire.PropertyDiff Detail(PropertyChange change) =>
        new()
        {
            InputDiff = change.IsInputDiff,
            Kind = (change.Kind, change.Replace) switch
            {
                (ChangeKind.Add, false) => Wire.PropertyDiff.Types.Kind.Add,
                (ChangeKind.Add, true) => Wire.PropertyDiff.Types.Kind.AddReplace,
                (ChangeKind.Delete, false) => Wire.PropertyDiff.Types.Kind.Delete,
                (ChangeKind.Delete, true) => Wire.PropertyDiff.Types.Kind.DeleteReplace,
                (_, false) => Wire.PropertyDiff.Types.Kind.Update,
                (_, true) => Wire.PropertyDiff.Types.Kind.UpdateReplace,
            },
        };
}
