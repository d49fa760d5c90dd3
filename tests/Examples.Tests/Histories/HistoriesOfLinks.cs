namespace QingCloudMySqlStandby.Examples.Tests.Histories;

/// <summary>What happens to links.</summary>
public static class HistoriesOfLinks
{
    public static TheoryData<string> All =>
    [
        "set x onDelete=stop; preview; up; up; refresh; destroy",
    ];
}
