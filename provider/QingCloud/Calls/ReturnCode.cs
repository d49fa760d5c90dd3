using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>What a ret_code means. The code alone does not say: 1400 is a missing permission or a passing state, 2500 a
/// quota or too many calls, and the message decides.</summary>
internal sealed partial class ReturnCode(ApiCall call, int code, string message, string keys)
{
    /// <summary>A parameter is malformed, missing or not known.</summary>
    public const int BadParameter = 1100;

    /// <summary>A parameter has a bad value.</summary>
    public const int BadValue = 1101;

    /// <summary>The stamp is too old or too new.</summary>
    public const int ExpiredStamp = 1300;

    /// <summary>The failure that it reports. A failure of the server's own, as the HTTP status says, leaves open what
    /// had been done by then.</summary>
    public QingCloudException ToException(bool isServerError) =>
        new(
            Kind,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{call.Describe()} failed with ret_code {code}: "
                    + $"{(message.Length == 0 ? "no message" : message)}. {Cure}"
            ),
            code
        )
        {
            Said = message,
            IsTransient = Kind == FailureKind.Temporary || MayHaveActed,
            IsRateLimit = IsRateLimit,
            MayHaveActed = isServerError || MayHaveActed,
        };

    private bool IsRateLimit => code == 2500 && TooManyCalls().IsMatch(message);
    private bool IsLater => code != 1200 && TryLater().IsMatch(message);

    // An internal error or a time-out comes after the work may have begun. 5200, 5300 and 5400 say why it did not
    // begin.
    private bool MayHaveActed => code is >= 5000 and < 6000 and not (5200 or 5300 or 5400);

    private FailureKind Kind =>
        code switch
        {
            1200 or 1300 => FailureKind.Unauthenticated,
            5100 or 5300 => FailureKind.Temporary,
            _ when IsRateLimit || IsLater => FailureKind.Temporary,
            1100 or 1101 or 3300 or (>= 8000 and < 9000) => FailureKind.InvalidRequest,
            1400 => FailureKind.PermissionDenied,
            2100 => FailureKind.NotFound,
            2400 or 2500 or (>= 4000 and < 5000) or 5200 => FailureKind.Exhausted,
            _ => FailureKind.Other,
        };

    private string Cure =>
        code switch
        {
            _ when IsRateLimit => "Too many API calls are made on this account; lower `apiCallsPerHour`, or have its "
                + "quota raised.",
            1200 =>
                $"The access key came from {keys}. Check the key and its secret, and that the console lists the key "
                    + "as enabled. Keys in the provider's configuration are those of the last update for refresh and "
                    + "destroy: after a change of keys, add --run-program to them, or run pulumi up --refresh=false "
                    + "first.",
            1300 => "This machine's clock and QingCloud's differ; set the clock.",
            1101 when RefusesMethod().IsMatch(message) =>
                "If this server takes no POST, set `requestMethod` to GET; parameters, the source's password included, "
                    + "are then part of URLs.",
            5100 or 5300 => "QingCloud is busy; try again later.",
            _ when IsLater => "QingCloud cannot do it now; try again later.",
            1100 or 1101 or 3300 or (>= 8000 and < 9000) => "Check the values that the message names.",
            1400 =>
                "Check that the key's user may call this action, and in the console that the resource's state allows "
                    + "it.",
            2100 => "Check the id and the zone.",
            2400 => "Top up the account.",
            2500 => "Have the account's quota raised.",
            >= 4000 and < 5000 => "Check the account's licence.",
            5200 => "The zone has no resources left; try again later or ask QingCloud's support.",
            >= 5000 and < 6000 => "The error is QingCloud's own; try again, and ask its support if it stays.",
            _ => "See QingCloud's documentation for this code.",
        };

    [GeneratedRegex(@"(try|retry)\s+(\w+\s+)?later", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TryLater();

    [GeneratedRegex(
        @"too many \w*\s?(calls|requests)"
            + @"|\b(api|request|requests|call|calls)\b.*\b(limit|exceed\w*|quota|too)"
            + @"|(limit|exceed\w*|quota).*\b(api|requests?|calls?)\b"
            + @"|frequen|throttl|\brate\b|频繁|调用次数",
        Flags,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex TooManyCalls();

    [GeneratedRegex(@"\b(method|post)\b", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RefusesMethod();

    private const RegexOptions Flags =
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
