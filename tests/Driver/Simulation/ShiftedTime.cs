namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>The machine's clock, put back or forward: what is made while it is put back has a past.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    /// <summary>By how much it is put forward.</summary>
    public TimeSpan Shift { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
