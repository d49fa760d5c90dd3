namespace QingCloudMySqlStandby.Examples.Tests.Histories;

/// <summary>What happens to the test plugin's things; the words are those of <see cref="Player"/> and <see cref="HistoryProgram"/>.</summary>
public static class HistoriesOfThings
{
    public static TheoryData<string> All =>
    [
        "set a size=1; preview; up; up; set a size=2 token=x; preview; up; refresh; drop a; up",
    ];
}
