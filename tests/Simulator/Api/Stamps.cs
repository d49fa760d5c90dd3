using System.Globalization;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The API's way to write a moment, and the check that a request is fresh.</summary>
internal static class Stamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromSeconds(60);

    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? moment
            : throw Refuse.Malformed("a time has to look like 2013-08-27T14:30:10Z");

    public static void CheckFresh(Parameters parameters, DateTimeOffset now)
    {
        var stamp = Read(parameters.Required("time_stamp"));
        Refuse.Unless(
            (now - stamp).Duration() <= AllowedSkew,
            () => Refuse.Expired($"time_stamp [{Write(stamp)}] is too far from the server's time [{Write(now)}]")
        );
        Refuse.Unless(
            parameters["expires"] is not { } expires || Read(expires) >= now,
            () => Refuse.Expired("the request has expired")
        );
    }
}
