using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Faults;

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

    /// <summary>A body of <see cref="Fault.Length"/> bytes.</summary>
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

/// <summary>Something that goes wrong between a client and the API.</summary>
public sealed record Fault(FaultKind Kind)
{
    public const string TryLaterText = "PermissionDenied, resource [cl-x] lease info not ready yet, please try later";

    /// <summary>The action that it befalls (<c>metadata</c>: the role credentials); null: any.</summary>
    public string? Action { get; init; }

    public string? Service { get; init; }

    /// <summary>How many calls it befalls; null: all that come.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>How many fitting calls it lets pass first.</summary>
    public int Skip { get; init; }

    public double Probability { get; init; } = 1;

    public FaultMoment Moment { get; init; }

    public int Code { get; init; }

    public string? Text { get; init; }

    public TimeSpan Delay { get; init; }

    public long Length { get; init; }

    public static Fault Cut(FaultMoment moment = FaultMoment.Before) => new(FaultKind.Cut) { Moment = moment };

    public static Fault Http(int status, FaultMoment moment = FaultMoment.Before) =>
        new(FaultKind.HttpStatus) { Code = status, Moment = moment };

    public static Fault RetCode(int code, string message, FaultMoment moment = FaultMoment.Before) =>
        new(FaultKind.RetCode) { Code = code, Text = message, Moment = moment };

    public static Fault TryLater(int times = 1) => RetCode(Refuse.DeniedCode, TryLaterText) with { Times = times };

    public static Fault RateLimit(int times = 1) =>
        RetCode(Refuse.QuotaCode, "QuotasExceeded, too many API calls") with { Times = times };

    public static Fault Garbage() => new(FaultKind.Garbage) { Moment = FaultMoment.After };

    public static Fault Truncated() => new(FaultKind.Truncated) { Moment = FaultMoment.After };

    public static Fault HalfBody() => new(FaultKind.HalfBody) { Moment = FaultMoment.After };

    public static Fault Huge(long length = 1L << 30) => new(FaultKind.Huge) { Length = length, Moment = FaultMoment.After };

    public static Fault Deep(int levels = 100_000) => new(FaultKind.Deep) { Code = levels, Moment = FaultMoment.After };

    public static Fault Redirect(string location) => new(FaultKind.Redirect) { Text = location };

    public static Fault RedirectLoop() => new(FaultKind.RedirectLoop) { Times = null };

    /// <summary>Refuses every POST with HTTP 405 or, for 1101, with that ret_code.</summary>
    public static Fault RefusePost(int code = 405) => new(FaultKind.RefusePost) { Code = code, Times = null };

    public static Fault Slow(TimeSpan delay, FaultMoment moment = FaultMoment.After) =>
        new(FaultKind.Slow) { Delay = delay, Moment = moment };

    public static Fault Silent(FaultMoment moment = FaultMoment.Before) => new(FaultKind.Silent) { Moment = moment };

    /// <summary>A server whose clock is off, for all calls.</summary>
    public static Fault Skew(TimeSpan ahead) => new(FaultKind.Skew) { Delay = ahead, Times = null };
}
