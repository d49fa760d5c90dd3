using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads what the console shows of a standby's source. The form of that tab is not published, so its columns
/// are distinguished by the words in their labels, in English or Chinese; the table may also stand on its side, a label
/// and a value to each row.</summary>
internal static partial class SourceTabReader
{
    private const int LongestRole = 12;

    private const RegexOptions Flags =
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>Whether a tab's name or label speaks of disaster recovery.</summary>
    public static bool IsAbout(string name, string label) =>
        DisasterRecovery().IsMatch(name) || DisasterRecovery().IsMatch(label);

    /// <summary>What the tab shows, an empty table included; null when nothing in it is understood.</summary>
    public static SourceTab? Read(JsonElement answer, string standbyId)
    {
        if (answer.Nested("display_tabs") is not { } tab)
            return null;

        var labels = tab.Items("labels").Select(l => l.AsText() ?? "").ToList();
        var rows = tab.Items("data").Select(Row).ToList();
        var upright = rows.Select(row => Read(Labelled(labels, row), standbyId));
        var sideways = Read(rows.Where(r => r.Count == 2).Select(r => (r[0].Value, r[1].Value)), standbyId);
        var hasNoSource = rows.TrueForAll(row =>
            IsAboutOwnStandby([.. Labelled(labels, row).Where(c => c.Value.Length > 0 && c.Value != standbyId)])
        );
        var isEmpty = labels.Count > 0 && hasNoSource && tab.Member("data") is { ValueKind: JsonValueKind.Array };
        return upright.Append(sideways).OfType<SourceTab>().MaxBy(Fullness) ?? (isEmpty ? SourceTab.Empty : null);
    }

    private static int Fullness(SourceTab tab) =>
        new object?[] { tab.SourceClusterId, tab.SourceZone, tab.Host, tab.Port, tab.User, tab.SyncState }.Count(v =>
            v is not null
        );

    private static List<(string? Label, string Value)> Row(JsonElement row) =>
        row.ValueKind switch
        {
            JsonValueKind.Array => [.. row.EnumerateArray().Select(c => ((string?)null, c.AsText() ?? ""))],
            JsonValueKind.Object => [.. row.EnumerateObject().Select(p => ((string?)p.Name, p.Value.AsText() ?? ""))],
            _ => [],
        };

    private static IEnumerable<(string Label, string Value)> Labelled(
        List<string> labels,
        List<(string? Label, string Value)> row
    ) => row.Select((cell, column) => (cell.Label ?? (column < labels.Count ? labels[column] : ""), cell.Value));

    private static SourceTab? Read(IEnumerable<(string Label, string Value)> cells, string standbyId)
    {
        var filled = cells.Where(c => c.Value.Length > 0 && c.Value != standbyId).ToList();
        if (IsAboutOwnStandby(filled))
            return null;

        var clusters = filled.Where(c => ClusterId().IsMatch(c.Value)).ToList();
        var isSourceRow = filled.Exists(c => IsRole(c.Value, SourceLabel()));
        var labelled = clusters.Find(c => isSourceRow || SourceLabel().IsMatch(c.Label)).Value;
        var cluster = labelled ?? clusters.Find(c => !IsStandbyLabel(c.Label)).Value;
        var host = Find(filled, HostLabel());
        int? port = int.TryParse(
            Find(filled, PortLabel()),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
        return cluster is null && host is null
            ? null
            : new SourceTab(
                cluster,
                Find(filled, ZoneLabel()),
                host,
                port,
                Find(filled, UserLabel()),
                Find(filled, StateLabel())
            )
            {
                IsLabelled = labelled is not null,
            };
    }

    /// <summary>The tab of a source may show the clusters that replicate from it.</summary>
    private static bool IsAboutOwnStandby(List<(string Label, string Value)> cells)
    {
        var clusters = cells.Where(c => ClusterId().IsMatch(c.Value)).ToList();
        var isStandbyRow = cells.Exists(c => IsRole(c.Value, StandbyLabel()));
        return cells.Count == 0
            || (isStandbyRow && !cells.Exists(c => IsRole(c.Value, SourceLabel())))
            || (clusters.Count > 0 && clusters.TrueForAll(c => IsStandbyLabel(c.Label)));
    }

    /// <summary>Whether a cell names a role, such as 灾备集群: a short word, and no address or state.</summary>
    private static bool IsRole(string value, Regex role) =>
        value.Length <= LongestRole && !value.Contains('.', StringComparison.Ordinal) && role.IsMatch(value);

    private static bool IsStandbyLabel(string label) => StandbyLabel().IsMatch(label) && !SourceLabel().IsMatch(label);

    private static string? Find(List<(string Label, string Value)> cells, Regex label) =>
        cells.Where(c => label.IsMatch(c.Label)).Select(c => c.Value).FirstOrDefault();

    [GeneratedRegex(@"standby|disaster|灾备|(?<![a-z])dr(?![a-z])", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DisasterRecovery();

    [GeneratedRegex(@"^cl-[a-z0-9]+$", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ClusterId();

    [GeneratedRegex(@"source|primary|master|upstream|源", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SourceLabel();

    [GeneratedRegex(
        @"standby|replica|slave|downstream|灾备集群|备集群|从集群",
        Flags,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex StandbyLabel();

    [GeneratedRegex(@"zone|区域|可用区", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ZoneLabel();

    [GeneratedRegex(@"host|address|(?<![a-z])v?ip(?![a-z])|地址", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HostLabel();

    [GeneratedRegex(@"(?<![a-z])port(?![a-z])|端口", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PortLabel();

    [GeneratedRegex(@"user|account|用户|帐号|账号", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex UserLabel();

    [GeneratedRegex(@"state|status|状态", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StateLabel();
}
