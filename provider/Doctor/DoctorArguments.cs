namespace QingCloudMySqlStandby.Doctor;

/// <summary>The command line of <c>doctor</c>.</summary>
/// <param name="Zone">The zone to examine; null: the account's default.</param>
/// <param name="Cluster">A standby, existing or to be; null: no cluster is looked at.</param>
/// <param name="Report">The file to write the report to; null: none.</param>
internal sealed record DoctorArguments(string? Zone, string? Cluster, string? Report)
{
    public const string Usage = """
        Checks every guess about QingCloud that this provider rests on. It only reads.
        Usage: <plugin> doctor [--zone ZONE] [--cluster CLUSTER] [--report FILE]
          --zone ZONE        the zone to look at; by default QINGCLOUD_ZONE or the credentials file's
          --cluster CLUSTER  a standby cluster, or one that is to be a standby
          --report FILE      writes what was found as JSON, without secrets and ids, for a bug report
        Credentials and endpoint come from the environment (QINGCLOUD_ACCESS_KEY, QINGCLOUD_SECRET_KEY,
        QINGCLOUD_ENDPOINT) or from ~/.qingcloud/config.yaml.
        Exit code: 0 all is well, 1 something would go wrong, 2 it could not be found out.

        """;

    /// <summary>Reads the command line; null where it is not understood.</summary>
    public static DoctorArguments? Parse(IReadOnlyList<string> args)
    {
        var read = new DoctorArguments(null, null, null);
        foreach (var pair in args.Chunk(2))
        {
            read = pair switch
            {
                ["--zone", var zone] => read with { Zone = zone },
                ["--cluster", var cluster] => read with { Cluster = cluster },
                ["--report", var file] => read with { Report = file },
                _ => null,
            };
            if (read is null)
                return null;
        }

        return read;
    }
}
