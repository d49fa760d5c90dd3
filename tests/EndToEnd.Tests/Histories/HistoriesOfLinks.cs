namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>What happens to links.</summary>
internal static class HistoriesOfLinks
{
    private const int Sampled = 30;

    /// <summary>Two states of one link are deleted at once in it: which of them promotes the standby is luck.</summary>
    private const string OfLuck =
        "set a promoted=; up; set a onDelete=promote; up --replace @a; set a replaceOnChanges=; "
        + "preview; set a protect=; set b promoted=true; set b dependsOn=$a; up --replace @a; set a source"
        + "=S; kill before start_standby; destroy --run-program; cancel; set b source=S; up";

    public static IReadOnlyList<string> All =>
        [
            "set x onDelete=stop; preview; up; up; refresh; destroy",
            "set a source=S; up; console promote A; up; up --replace @a; taint @a; up; set a promoted=true; up; destroy",
            "set a source=S; up; set a source=T; interrupt stop_standby; up; up; up; destroy",
            "set a source=S; up; rename a b; up; up --continue-on-error; set b aliases=a; up; destroy",
            .. SampledHistories
                .Of(
                    new(
                        [
                            "source=S",
                            "source=T",
                            "standby=A",
                            "standby=B",
                            "password=x",
                            "onDelete=promote",
                            "promoted=true",
                            "promoted=",
                        ],
                        ["source.host", "source.password", "syncWay"],
                        ["cut,service=start_standby,when=after", "ret=5300,service=stop_standby"],
                        ["start_standby", "stop_standby"],
                        ["stop A", "promote A", "failed start_standby"],
                        "zone=sh1a"
                    )
                    {
                        AreInOrder = true,
                    },
                    Sampled
                )
                .Where(history => history != OfLuck),
        ];
}
