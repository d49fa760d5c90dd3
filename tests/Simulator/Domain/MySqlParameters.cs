using System.Globalization;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The MySQL parameters that matter to replication.</summary>
internal static class MySqlParameters
{
    public const string ExpireLogsDays = "Expire_logs_days";

    /// <summary>The values that QingCloud requires on both sides, and for how long binary logs are kept.</summary>
    public static readonly IReadOnlyDictionary<string, string> Required = new OrderedDictionary<string, string>
    {
        ["connect_timeout"] = "30",
        ["max_allowed_packet"] = "1073741824",
        ["slave_pending_jobs_size_max"] = "1073741824",
        ["interactive_timeout"] = "3600",
        ["wait_timeout"] = "3600",
        ["net_read_timeout"] = "1800",
        ["net_write_timeout"] = "1800",
        [ExpireLogsDays] = "7",
    };

    public static TimeSpan BinaryLogsKept(IReadOnlyDictionary<string, string> parameters) =>
        TimeSpan.FromDays(int.Parse(parameters[ExpireLogsDays], CultureInfo.InvariantCulture));
}
