namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A request that the cloud refuses, with the ret_code and message that the API answers.</summary>
public sealed class RefusedException(int retCode, string message) : Exception(message)
{
    public int RetCode { get; } = retCode;
}

internal static class Refuse
{
    public const int MalformedCode = 1100;
    public const int BadValueCode = 1101;
    public const int UnauthenticatedCode = 1200;
    public const int ExpiredCode = 1300;
    public const int DeniedCode = 1400;
    public const int NotFoundCode = 2100;
    public const int AlreadyExistsCode = 2110;
    public const int QuotaCode = 2500;

    public static RefusedException Malformed(string why) => new(MalformedCode, $"InvalidRequestFormat, {why}");

    public static RefusedException BadValue(string why) => new(BadValueCode, $"InvalidRequestMethod, {why}");

    public static RefusedException Unauthenticated(string why) => new(UnauthenticatedCode, $"AuthFailure, {why}");

    public static RefusedException Expired(string why) => new(ExpiredCode, $"RequestHasExpired, {why}");

    public static RefusedException Denied(string why) => new(DeniedCode, $"PermissionDenied, {why}");

    public static RefusedException NotFound(string id) => new(NotFoundCode, $"ResourceNotFound, resource [{id}] not found");

    public static RefusedException AlreadyExists(string id) =>
        new(AlreadyExistsCode, $"ResourceAlreadyExists, there is a resource '{id}' already");

    public static RefusedException TooManyCalls(int limit, TimeSpan window) => new(
        QuotaCode,
        $"QuotasExceeded, too many API calls: at most {limit} in {window.TotalSeconds:0} seconds");
}
