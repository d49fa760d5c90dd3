using Microsoft.AspNetCore.WebUtilities;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>How the bytes of a reply travel.</summary>
public enum Delivery
{
    Whole,

    /// <summary>The connection is cut; not one byte comes.</summary>
    Nothing,

    /// <summary>The connection is cut in the middle of the body.</summary>
    Half,

    /// <summary>The body is followed by spaces up to <see cref="Reply.Length"/> bytes.</summary>
    Padded,
}

/// <summary>What the API answers, before a front turns it into HTTP.</summary>
/// <param name="Length">The length that a padded body has.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Date">What the server's clock says.</param>
public sealed record Reply(
    int Status,
    string ContentType,
    string Body,
    Delivery Delivery = Delivery.Whole,
    long Length = 0,
    string? Location = null,
    DateTimeOffset Date = default
)
{
    internal static Reply Json(string body) => new(200, "application/json; charset=utf-8", body);

    internal static Reply Html(int status)
    {
        var title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        return new Reply(
            status,
            "text/html; charset=utf-8",
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
                + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        );
    }
}
