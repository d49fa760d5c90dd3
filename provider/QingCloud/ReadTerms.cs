namespace QingCloudMySqlStandby.QingCloud;

/// <summary>How long a read goes on, and who is to hear that it takes longer.</summary>
/// <param name="Patience">How long it goes on while QingCloud gives no answer, asked again whenever that time seems to
/// be over; <see cref="Timeout.InfiniteTimeSpan"/>: until its token ends it. Waiting for the account's call budget does
/// not count.</param>
internal sealed record ReadTerms(Func<TimeSpan> Patience)
{
    /// <summary>Is called with a line for the user whenever a call is tried again or has to wait for the account's
    /// budget.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>The same terms, for as long as the read's token lives: for what must be found out.</summary>
    public ReadTerms Endless => this with { Patience = () => Timeout.InfiniteTimeSpan };
}
