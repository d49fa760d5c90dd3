namespace QingCloudMySqlStandby.Link.Health;

/// <summary>The parameters of a cluster, as far as they could be read.</summary>
internal sealed class ClusterParameters(string clusterId, IReadOnlyDictionary<string, string> values)
{
    /// <summary>For how many days binary logs are kept.</summary>
    public const string ExpireLogsDays = "expire_logs_days";

    /// <summary>What QingCloud's manual requires on both sides of a link.</summary>
    private static readonly (string Name, string Value)[] Required =
    [
        ("connect_timeout", "30"),
        ("max_allowed_packet", "1G"),
        ("slave_pending_jobs_size_max", "1G"),
        ("interactive_timeout", "3600"),
        ("wait_timeout", "3600"),
        ("net_read_timeout", "1800"),
        ("net_write_timeout", "1800"),
    ];

    private readonly Dictionary<string, string> _values = values
        .GroupBy(pair => Spelling(pair.Key), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);

    public string ClusterId => clusterId;

    /// <summary>The values alone.</summary>
    public IEnumerable<string> Values => _values.Values;

    /// <summary>The required parameters that are known to have another value, as <c>name value (now value)</c>.</summary>
    public IReadOnlyList<string> Wrong =>
        [
            .. Required
                .Where(parameter => Find(parameter.Name) is { } value && !MeansTheSame(value, parameter.Value))
                .Select(parameter => $"{parameter.Name} {parameter.Value} (now {Find(parameter.Name)})"),
        ];

    /// <summary>The required parameters that were not shown.</summary>
    public IReadOnlyList<string> NotShown =>
        [.. Required.Select(parameter => parameter.Name).Where(name => Find(name) is null)];

    /// <summary>For how long binary logs are kept; null where that was not shown.</summary>
    public TimeSpan? BinaryLogsKept =>
        Find(ExpireLogsDays) is { } days && ParameterValue.Number(days) is { } number and > 0 and < 10_000
            ? TimeSpan.FromDays(number)
            : null;

    /// <summary>What to say of them; null where they are as required, as far as they are shown.</summary>
    public string? Warning =>
        _values.Count == 0 ? $"The parameters of {clusterId} could not be read, and were not compared."
        : Wrong is { Count: > 0 } wrong
            ? $"{clusterId} should have {string.Join(", ", wrong)}: QingCloud requires that on both sides of a link."
        : null;

    private string? Find(string name) => _values.GetValueOrDefault(name);

    private static bool MeansTheSame(string value, string required) =>
        ParameterValue.Number(value) is { } number
            ? number.Equals(ParameterValue.Number(required))
            : value.Trim().Equals(required, StringComparison.OrdinalIgnoreCase);

    /// <summary>MySQL's own spelling. The console capitalizes names, may write a hyphen, and its manual has
    /// <c>max_allowed_packets</c> once.</summary>
    private static string Spelling(string name) =>
        name.Trim().Replace('-', '_').ToLowerInvariant() switch
        {
            "max_allowed_packets" => "max_allowed_packet",
            var usual => usual,
        };
}
