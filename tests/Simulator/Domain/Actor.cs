namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Who acts on a cluster without calling the API.</summary>
/// <param name="Caller">The label in the true history.</param>
/// <param name="Channel">The channel that its jobs show.</param>
public sealed record Actor(string Caller, Channel Channel)
{
    /// <summary>A user at the console.</summary>
    public static Actor Console { get; } = new("console", Channel.Console);

    /// <summary>A timer of the account.</summary>
    public static Actor Timer { get; } = new("timer", Channel.Internal);

    /// <summary>QingCloud itself, as for arrears.</summary>
    public static Actor Platform { get; } = new("platform", Channel.Internal);
}
