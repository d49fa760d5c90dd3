namespace QingCloudMySqlStandby.Link.Configuration;

/// <summary>Compares two provider configurations. A change is an update and never a replacement.</summary>
internal static class ConfigDiff
{
    public static DiffResult Run(DiffRequest request)
    {
        var (olds, news) = (request.OldInputs, request.NewInputs);
        var changes = ProviderConfig
            .Keys.Where(key => olds[key].Bare != news[key].Bare)
            .ToDictionary(
                key => key,
                key => PropertyChange.Between(olds[key].Bare, news[key].Bare),
                StringComparer.Ordinal
            );
        return changes.Count == 0 ? DiffResult.None : new DiffResult(changes);
    }
}
