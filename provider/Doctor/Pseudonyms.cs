namespace QingCloudMySqlStandby.Doctor;

/// <summary>Names for the clusters of a report, the same for the same: it shows which are one, not what they
/// are.</summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name of a cluster, whatever the form of its id.</summary>
    public string Of(string id) =>
        _names.TryGetValue(id, out var name)
            ? name
            : _names[id] = string.Create(CultureInfo.InvariantCulture, $"cluster-{_names.Count + 1}");
}
