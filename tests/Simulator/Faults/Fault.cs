namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>What can go wrong with a call.</summary>
public enum FaultKind
{
    /// <summary>The connection is cut.</summary>
    Cut,

    /// <summary>A gateway's HTML page with <see cref="Fault.Code"/> as its HTTP status.</summary>
    HttpStatus,

    /// <summary>An API error with <see cref="Fault.Code"/> as its ret_code.</summary>
    RetCode,

    /// <summary>A body that is no answer at all.</summary>
    Garbage,

    /// <summary>The connection is cut in the middle of the body.</summary>
    Truncated,

    /// <summary>Half of the answer, in a response that is whole as far as HTTP goes.</summary>
    HalfBody,

    /// <summary>A body of <see cref="Fault.Code"/> bytes.</summary>
    Huge,

    /// <summary>A body that nests <see cref="Fault.Code"/> levels deep.</summary>
    Deep,

    /// <summary>A redirect to <see cref="Fault.Text"/>.</summary>
    Redirect,

    /// <summary>A redirect to where the request went.</summary>
    RedirectLoop,

    /// <summary>POST is refused: HTTP 405, or ret_code 1101 naming the method.</summary>
    RefusePost,

    /// <summary>The answer takes <see cref="Fault.Delay"/> longer.</summary>
    Slow,

    /// <summary>No answer ever.</summary>
    Silent,

    /// <summary>The server's clock is <see cref="Fault.Delay"/> ahead.</summary>
    Skew,
}

/// <summary>Whether a call that meets a fault is processed first (the answer is lost) or never.</summary>
public enum FaultMoment
{
    Before,
    After,
}

/// <summary>Which part of a call a fault changes; the same call can meet one fault of each stage.</summary>
internal enum FaultStage
{
    Clock,
    Delay,
    Answer,
}

/// <summary>Something that goes wrong between a client and the API; README.md says how it is written.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Code">A status, a ret_code, a length or a depth, as the kind needs it.</param>
/// <param name="Text">A message or a location.</param>
/// <param name="Delay">How much later, or how far ahead.</param>
/// <param name="Moment">Whether the call is processed.</param>
/// <param name="Times">How many calls it changes; null: all that come.</param>
/// <param name="Skip">How many fitting calls it lets pass first.</param>
/// <param name="Probability">How likely it changes a fitting call.</param>
/// <param name="Action">The action that it changes (<c>metadata</c>: the role credentials); null: any.</param>
/// <param name="Service">The custom service that it changes; null: any.</param>
public sealed record Fault(
    FaultKind Kind,
    int Code = 0,
    string? Text = null,
    TimeSpan Delay = default,
    FaultMoment Moment = FaultMoment.Before,
    int? Times = 1,
    int Skip = 0,
    double Probability = 1,
    string? Action = null,
    string? Service = null
)
{
    internal FaultStage Stage =>
        Kind switch
        {
            FaultKind.Skew => FaultStage.Clock,
            FaultKind.Slow or FaultKind.Silent => FaultStage.Delay,
            _ => FaultStage.Answer,
        };

    internal bool Fits(string method, string action, string service) =>
        (Action is null || Action == action)
        && (Service is null || Service == service)
        && (Kind != FaultKind.RefusePost || method == "POST");
}
