namespace QingCloudMySqlStandby.Link.Health;

/// <summary>How far a standby, or one of its nodes, is behind.</summary>
internal abstract record Lag
{
    /// <summary>In words, for the end of a sentence about the standby.</summary>
    public abstract string Words { get; }

    /// <summary>A meter shows it.</summary>
    /// <param name="Seconds">The seconds, rounded up.</param>
    /// <param name="At">When they were measured, UTC.</param>
    /// <param name="Meter">The name of the meter: QingCloud does not publish what it measures on a standby.</param>
    internal sealed record Known(int Seconds, DateTimeOffset At, string Meter) : Lag
    {
        public override string Words =>
            $"{Duration.Of(TimeSpan.FromSeconds(Seconds))} behind by its meter {Meter}, measured at {Timestamp.Of(At)}";
    }

    /// <summary>It is not known.</summary>
    /// <param name="Why">Why not.</param>
    internal sealed record Unknown(string Why) : Lag
    {
        public override string Words => $"it is not known how far it is behind, because {Why}";
    }
}
