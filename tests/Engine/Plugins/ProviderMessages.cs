using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Messages that several methods share.</summary>
internal static class ProviderMessages
{
    public static Wire.CheckRequest NewCheck(Urn urn, Struct olds, Struct news) =>
        new()
        {
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Olds = olds,
            News = news,
            RandomSeed = ByteString.CopyFrom(new byte[32]),
        };

    public static Wire.DiffRequest NewDiff(
        Urn urn,
        string id,
        Struct oldInputs,
        Struct oldOutputs,
        Struct news,
        IReadOnlyList<string> ignoreChanges
    )
    {
        var request = new Wire.DiffRequest
        {
            Id = id,
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Olds = oldOutputs,
            OldInputs = oldInputs,
            News = news,
        };
        request.IgnoreChanges.Add(ignoreChanges);
        return request;
    }

    public static DiffAnswer ReadDiff(Wire.DiffResponse answer)
    {
        var changes =
            answer.HasDetailedDiff || answer.DetailedDiff.Count > 0
                ? answer.DetailedDiff.ToDictionary(
                    entry => entry.Key,
                    entry => (PropertyChangeKind)entry.Value.Kind,
                    StringComparer.Ordinal
                )
                : answer.Diffs.ToDictionary(
                    key => key,
                    key => answer.Replaces.Contains(key) ? PropertyChangeKind.UpdateReplace : PropertyChangeKind.Update,
                    StringComparer.Ordinal
                );
        return new DiffAnswer(
            (DiffVerdict)answer.Changes,
            changes,
            answer.Replaces.Count > 0,
            answer.DeleteBeforeReplace
        );
    }
}
