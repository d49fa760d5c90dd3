namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a job does to the cloud as it begins and as it ends.</summary>
internal sealed record JobEffect
{
    public Action<Deed>? Begin { get; init; }

    /// <summary>The error codes with which the job fails at that time; null: nothing prevents it.</summary>
    public Func<DateTimeOffset, string?> Obstacle { get; init; } = _ => null;

    public Action<Deed>? Succeed { get; init; }
    public Action<Deed>? Fail { get; init; }
}
