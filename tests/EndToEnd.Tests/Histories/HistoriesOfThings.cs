namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>What happens to the test plugin's things; the words are those of <see cref="Player"/> and <see
/// cref="HistoryProgram"/>. No sample sets a secret, which Pulumi's YAML host marks where the schema says so and others
/// do not, nor an input that Check refuses: which resources Pulumi begins after that is a matter of luck.</summary>
internal static class HistoriesOfThings
{
    private const int Sampled = 170;

    public static IReadOnlyList<string> All =>
        [
            "set a size=1; preview; up; up; set a size=2 name=x; preview; up; refresh; drop a; up",
            "set a size=1; up; rename a b; set b aliases=a; up; up --refresh; destroy",
            "set a size=1; up; rename a b; up; destroy",
            "set a size=1; up; fault Update a=partly; set a size=2; up; up; destroy",
            "set a size=1; fault Create a=partly; up; up; destroy",
            "set a name=x; set b name=x dependsOn=$a deleteBeforeReplace=true; up; set a place=y; up; destroy",
            "set p provider region=1; set a provider=$p; up; set p region=2; up; destroy",
            "set p provider region=1; set q provider region=1; set a provider=$p; up; set a provider=$q; up; destroy",
            "set a size=1; set b replaceWith=$a; up; taint @a; up; up --replace @b; destroy",
            "set a size=1 protect=true; up; destroy; unprotect @a; destroy",
            .. SampledHistories.Of(
                new(
                    ["size=1", "size=2", "name=x", "name=y", "place=x", "place=y"],
                    ["size", "name", "place"],
                    [
                        "Create {0}=fail",
                        "Create {0}=partly",
                        "Update {0}=fail",
                        "Update {0}=partly",
                        "Delete {0}=fail",
                        "Read {0}=fail",
                    ],
                    ["Create {0}", "Update {0}", "Delete {0}", "Read {0}"],
                    ["set a-1 size=7"],
                    "region=1"
                ),
                Sampled
            ),
        ];
}
