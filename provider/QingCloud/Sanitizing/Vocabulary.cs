namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Words of the provider's messages, of QingCloud's and of MySQL's. A secret that is one of them cannot be told
/// from the word; a piece of a secret that is part of one says nothing about the secret.</summary>
internal static class Vocabulary
{
    private static readonly string[] Words =
    [
        "account",
        "accesskeyid",
        "access_key_id",
        "active",
        "address",
        "administrator",
        "already",
        "authentication",
        "available",
        "changed",
        "cluster",
        "configuration",
        "connection",
        "console",
        "credentials",
        "database",
        "default",
        "demo",
        "denied",
        "directive",
        "endpoint",
        "environment",
        "failed",
        "hidden",
        "increment",
        "instance",
        "maininstance",
        "master",
        "migrate",
        "mysql",
        "network",
        "nothing",
        "passphrase",
        "passwd",
        "password",
        "pending",
        "permission",
        "permissiondenied",
        "primary",
        "private",
        "production",
        "promote",
        "promote_standby",
        "promoted",
        "provider",
        "public",
        "pulumi",
        "qingcloud",
        "redacted",
        "refused",
        "replica",
        "replicate",
        "replicating",
        "replication",
        "request",
        "resource",
        "root",
        "runclustercustomservice",
        "secret",
        "secretaccesskey",
        "secret_access_key",
        "server",
        "service",
        "service_params",
        "signature",
        "slave",
        "source",
        "source.password",
        "standby",
        "standbyreplication",
        "start_standby",
        "started",
        "stop_standby",
        "stopped",
        "successful",
        "suspended",
        "timeout",
        "token",
        "unknown",
        "update",
        "user",
        "username",
        "working",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Whole = new HashSet<string>(
        Words,
        StringComparer.OrdinalIgnoreCase
    ).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsWord(ReadOnlySpan<char> text) => Whole.Contains(text);

    /// <summary>Whether a word contains the text.</summary>
    public static bool IsWithinWord(ReadOnlySpan<char> text)
    {
        foreach (var word in Words)
        {
            if (word.AsSpan().Contains(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
