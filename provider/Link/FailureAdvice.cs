using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link;

/// <summary>What to do after a start_standby that failed, by the errors of MySQL that its error_codes show.</summary>
internal static partial class FailureAdvice
{
    private static readonly Cause[] Causes =
    [
        new(
            [2058, 2059, 2061, 1251, 1524],
            ["caching_sha2_password", "sha256_password", "authentication plugin", "authentication protocol"],
            "The source asks for an authentication plugin that the standby's replication cannot use without TLS, such as "
                + "caching_sha2_password: on the source run ALTER USER ... IDENTIFIED WITH mysql_native_password BY ... "
                + "for source.user."
        ),
        new(
            [1470, 13115],
            ["too long for MASTER_PASSWORD", "too long for SOURCE_PASSWORD", "password is too long"],
            "The password is too long: MySQL's replication takes at most 32 bytes. Give source.user a shorter one, and "
                + "set source.password to it."
        ),
        new(
            [1045, 1698, 3118, 1820, 1862],
            ["28000", "access denied for user", "using password", "account is locked", "password has expired"],
            "The source refused source.user or its password: check both, that the account is neither locked nor expired, "
                + "and that it may log in from the standby's addresses ('user'@'%' or the standby's network)."
        ),
        new(
            [1130, 1129],
            ["is not allowed to connect", "is blocked because of many connection errors"],
            "The source does not let the standby's addresses connect: create source.user for them ('user'@'%' or the "
                + "standby's network); after too many failed tries also run FLUSH HOSTS on the source."
        ),
        new(
            [1044, 1142, 1143, 1227, 1370, 1410],
            ["access denied; you need", "command denied", "SUPER privilege", "REPLICATION SLAVE privilege"],
            "source.user lacks a privilege: on the source run GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO "
                + "source.user (a full copy also reads all data: SELECT, RELOAD, PROCESS, LOCK TABLES), or use a user "
                + "with SUPER."
        ),
        new(
            [2002, 2003, 2005, 2013, 1042, 1158, 1159, 1160, 1161, 1189, 1190],
            [
                "can't connect",
                "unknown mysql server host",
                "lost connection",
                "connection refused",
                "timed out",
                "timeout",
                "no route to host",
                "network is unreachable",
                "name or service not known",
            ],
            "The standby could not reach the source: check source.host and source.port, the route between the two "
                + "networks (VPC, border router, VPN), and the security groups on both sides."
        ),
        new(
            [1236, 1789, 13114],
            [
                "purged",
                "could not find first log file",
                "could not find next log",
                "replicate the missing transactions",
                "more GTIDs than",
            ],
            "The source no longer has the binary logs that the standby needs (they were purged): set syncWay to full, "
                + "which copies all data again and OVERWRITES the standby; then keep the binary logs longer on the source."
        ),
        new(
            [1032, 1062, 1007, 1008, 1050, 1051, 1060, 1061, 1091, 1146, 1049, 1396, 1677],
            ["duplicate entry", "duplicate key", "key_not_found", "can't find record"],
            "The standby's data is not the source's (it was written to, or comes from elsewhere): set syncWay to full, "
                + "which copies all data again and OVERWRITES the standby."
        ),
        new(
            [1593, 13117],
            ["server id", "server_id", "server uuid", "server_uuid"],
            "Source and standby have the same server id or UUID: one of the two is a copy of the other's disk. Ask "
                + "QingCloud's support."
        ),
        new(
            [1776, 1777, 1781, 1782, 1785, 3111],
            ["gtid_mode", "gtid mode", "auto_position", "enforce_gtid"],
            "The source must run with gtid_mode ON (MySQL 5.6 or 5.7 have it off by default): switch it on there."
        ),
        new(
            [1040, 1203, 1226],
            ["too many connections", "max_user_connections"],
            "The source has no connection left: raise max_connections there, or the limit of source.user."
        ),
        new(
            [2026, 3159],
            ["ssl connection error", "require_secure_transport"],
            "The source wants TLS, which this link does not use: let source.user connect without it (REQUIRE NONE, "
                + "require_secure_transport OFF)."
        ),
        new(
            [1021, 1114, 3675],
            ["no space left", "disk full", "disk is full", "table is full"],
            "A disk is full: the standby needs room for the source's data. Enlarge it in the console."
        ),
    ];

    private const string General =
        "Check that source.host and source.port can be reached from the standby's network, that source.user has SUPER or "
        + "replication privileges, that its password is right and its authentication plugin mysql_native_password, that "
        + "the source runs with GTID on (MySQL 5.6 or 5.7), and that no DDL ran on it meanwhile.";

    /// <summary>Advice in whole sentences, for a start that failed with these error_codes. Where they name no error that
    /// is known here, it says what to check in general.</summary>
    public static string AfterStart(string errorCodes)
    {
        var numbers = Number()
            .Matches(errorCodes)
            .Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture));
        var seen = numbers.ToHashSet();
        var advice = Causes.Where(cause => cause.IsSeen(seen, errorCodes)).Select(cause => cause.Advice).ToList();
        return advice.Count == 0 ? General : string.Join(' ', advice);
    }

    /// <summary>A number as MySQL writes its errors: 1045, (1045), MY-001045.</summary>
    [GeneratedRegex(
        @"(?<![\d.])0{0,3}[1-9]\d{2,5}(?![\d])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Number();

    /// <param name="Codes">MySQL's error numbers.</param>
    /// <param name="Words">What its messages say.</param>
    /// <param name="Advice">What to do.</param>
    private sealed record Cause(int[] Codes, string[] Words, string Advice)
    {
        public bool IsSeen(HashSet<int> numbers, string text) =>
            Array.Exists(Codes, numbers.Contains)
            || Array.Exists(Words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
