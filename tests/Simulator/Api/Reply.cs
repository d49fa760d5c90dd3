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
public sealed record Reply(int Status, string ContentType, string Body)
{
    public Delivery Delivery { get; init; }

    /// <summary>The length that a padded body has.</summary>
    public long Length { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset Date { get; init; }

    public static Reply Json(string body) => new(200, "application/json; charset=utf-8", body);

    public static Reply Html(int status, string title) => new(
        status,
        "text/html; charset=utf-8",
        $"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n"
        + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
}
