using System.Diagnostics.CodeAnalysis;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A request that the cloud refuses, with the ret_code and message that the API answers.</summary>
public sealed class RefusedException(int retCode, string message) : Exception(message)
{
    /// <summary>The API's code for the reason.</summary>
    public int RetCode { get; } = retCode;
}

/// <summary>The reasons to refuse a request.</summary>
internal static class Refuse
{
    public const int BadValueCode = 1101;
    public const int DeniedCode = 1400;
    public const int QuotaCode = 2500;

    /// <summary>The refusal is made when it is needed: tests make calls by the million, and most are good.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool isGood, Func<RefusedException> refusal)
    {
        if (!isGood)
            throw refusal();
    }

    public static RefusedException Malformed(string why) => new(1100, $"InvalidRequestFormat, {why}");

    public static RefusedException BadValue(string why) => new(BadValueCode, $"InvalidRequestMethod, {why}");

    public static RefusedException Unauthenticated(string why) => new(1200, $"AuthFailure, {why}");

    public static RefusedException Expired(string why) => new(1300, $"RequestHasExpired, {why}");

    public static RefusedException Denied(string why) => new(DeniedCode, $"PermissionDenied, {why}");

    public static RefusedException NotFound(string id) => new(2100, $"ResourceNotFound, resource [{id}] not found");

    public static RefusedException AlreadyExists(string id) =>
        new(2110, $"ResourceAlreadyExists, there is a resource '{id}' already");

    public static RefusedException TooManyCalls(int limit, TimeSpan window) =>
        new(QuotaCode, $"QuotasExceeded, too many API calls: at most {limit} in {window.TotalSeconds:0} seconds");
}
