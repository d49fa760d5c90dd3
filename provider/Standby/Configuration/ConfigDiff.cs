namespace QingCloudMySqlStandby.Standby.Configuration;

/// <summary>Compares two provider configurations. A change is an update and never a replacement.</summary>
internal static class ConfigDiff
{
    public static DiffResult Run(DiffRequest request)
    {
        var changes = ProviderConfig.Keys
            .Where(key => request.OldInputs[key].Bare != request.NewInputs[key].Bare)
            .ToDictionary(key => key, key => new PropertyChange(KindOf(request, key)), StringComparer.Ordinal);
        return changes.Count == 0 ? DiffResult.None : new DiffResult(changes);
    }

    private static ChangeKind KindOf(DiffRequest request, string key) =>
        request.OldInputs[key].Bare is PropertyValue.NullValue ? ChangeKind.Add
        : request.NewInputs[key].Bare is PropertyValue.NullValue ? ChangeKind.Delete
        : ChangeKind.Update;
}
