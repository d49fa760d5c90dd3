using System.Globalization;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The API's way to write a moment, and the check that a request is fresh.</summary>
internal static class Stamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static void CheckFresh(Parameters parameters, DateTimeOffset now, TimeSpan allowedSkew)
    {
        var stamp = Read(parameters, "time_stamp");
        if ((now - stamp).Duration() > allowedSkew)
        {
            throw Refuse.Expired($"time_stamp [{Write(stamp)}] is too far from the server's time [{Write(now)}]");
        }

        if (parameters["expires"] is not null && Read(parameters, "expires") < now)
        {
            throw Refuse.Expired("the request has expired");
        }
    }

    private static DateTimeOffset Read(Parameters parameters, string name) => DateTimeOffset.TryParseExact(
        parameters.Required(name), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
        ? moment
        : throw Refuse.Malformed($"parameter [{name}] has to look like 2013-08-27T14:30:10Z");
}
