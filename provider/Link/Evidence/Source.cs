namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>A source as far as evidence shows it; parts may be missing.</summary>
internal sealed record Source(
    string? ClusterId,
    string? Zone,
    string? Host,
    int? Port,
    string? User,
    SecretText? Password
)
{
    /// <summary>A source of which nothing is known.</summary>
    public static Source Unknown { get; } = new(null, null, null, null, null, null);

    /// <summary>What a directive shows. Anything that may stand in place of a password is no password.</summary>
    public static Source Of(LinkParameters link) =>
        new(
            Given(link.SourceClusterId),
            Given(link.SourceZone),
            Given(link.Host),
            link.Port == 0 ? null : link.Port,
            Given(link.User),
            PasswordMask.MayBe(link.Password.Reveal()) ? null : link.Password
        );

    public static Source Of(SourceTab tab) =>
        new(tab.SourceClusterId, tab.SourceZone, tab.Host, tab.Port, tab.User, Password: null);

    /// <summary>What is known of it, in the names of <c>source</c>; never the password.</summary>
    public PropertyMap Properties =>
        PropertyMap
            .Empty.With(Names.ClusterId, ClusterId)
            .With(Names.Zone, Zone)
            .With(Names.Host, Host)
            .With(Names.Port, Port)
            .With(Names.User, User);

    /// <summary>Whether nothing that is known of it contradicts that it is the cluster of these parameters.</summary>
    public bool MayBe(LinkParameters link) =>
        (ClusterId is null || ClusterId == link.SourceClusterId) && (Zone is null || Zone == link.SourceZone);

    /// <summary>Whether what is known of both says that they are two clusters.</summary>
    public bool IsOtherThan(Source other) =>
        (ClusterId is not null && other.ClusterId is not null && ClusterId != other.ClusterId)
        || (Zone is not null && other.Zone is not null && Zone != other.Zone);

    /// <summary>Whether anything that is known of both differs.</summary>
    public bool Contradicts(Source other) =>
        IsOtherThan(other)
        || (Host is not null && other.Host is not null && !HostName.AreSame(Host, other.Host))
        || (Port is not null && other.Port is not null && Port != other.Port)
        || (User is not null && other.User is not null && User != other.User);

    /// <summary>Whether address and user are the same too, as far as they are known.</summary>
    public bool HasAddressOf(LinkParameters link) =>
        MayBe(link)
        && (Host is null || HostName.AreSame(Host, link.Host))
        && (Port is null || Port == link.Port)
        && (User is null || User == link.User);

    /// <summary>Whether the password is the same, as far as it is known.</summary>
    public bool HasPasswordOf(LinkParameters link) => Password is null || Password.Equals(link.Password);

    public override string ToString() => $"{ClusterId ?? "an unknown cluster"} in {Zone ?? "an unknown zone"}";

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
