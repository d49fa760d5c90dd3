using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What the engine compares itself where a provider does not.</summary>
internal static class InputDiff
{
    public static DiffAnswer Of(PropertyMap olds, PropertyMap news)
    {
        var changes = PropertyValues.ChangedKeys(olds, news).ToDictionary(
            key => key,
            key => !olds.ContainsKey(key) ? PropertyChangeKind.Add
                : !news.ContainsKey(key) ? PropertyChangeKind.Delete
                : PropertyChangeKind.Update,
            StringComparer.Ordinal);
        return changes.Count == 0 ? DiffAnswer.None : new DiffAnswer(DiffVerdict.Some, changes, Replaces: false, DeleteBeforeReplace: false);
    }
}
