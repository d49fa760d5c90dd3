namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>The provider, or what it left in the state file, broke one of the promises.</summary>
internal sealed class ViolationException(string promise, string what) : Exception($"{promise}: {what}")
{
    public string Promise { get; } = promise;
}
