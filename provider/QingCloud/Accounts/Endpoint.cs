namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>The API's address. Calls signed with an instance role's keys go to a path of their own on the same
/// host.</summary>
internal sealed class Endpoint(Uri address)
{
    private const string ForKeys = "/iaas/";
    private const string ForRoles = "/iam/";
    private readonly Uri _roleAddress = new UriBuilder(address) { Path = RolePath(address.AbsolutePath) }.Uri;

    public static Endpoint Default { get; } = new(new Uri("https://api.qingcloud.com" + ForKeys));

    /// <summary>Takes an address as a user writes one; <paramref name="place"/> names where, for a message.</summary>
    public static Endpoint Of(Uri address, string place)
    {
        var isWeb = address.IsAbsoluteUri && address.Scheme is "https" or "http" && address.Host.Length > 0;
        if (!isWeb || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw Invalid(place, "it must look like https://api.qingcloud.com/iaas/, with no user, query or fragment.");

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            throw Invalid(
                place,
                "it must begin with https://, for calls carry passwords. (Plain http is taken for "
                    + "this machine only.)"
            );
        }

        var path = address.AbsolutePath.Length == 1 ? ForKeys : address.AbsolutePath.TrimEnd('/') + "/";
        return new Endpoint(new UriBuilder(address) { Path = path }.Uri);
    }

    public static Endpoint Of(string address, string place) =>
        Uri.TryCreate(
            address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address,
            UriKind.Absolute,
            out var uri
        )
            ? Of(uri, place)
            : throw Invalid(place, "it is no address.");

    public Uri AddressFor(Credentials credentials) => credentials.Token is null ? address : _roleAddress;

    private static string RolePath(string path) =>
        path.EndsWith(ForKeys, StringComparison.Ordinal) ? path[..^ForKeys.Length] + ForRoles : ForRoles;

    private static QingCloudException Invalid(string place, string why) =>
        new(FailureKind.InvalidRequest, $"The `endpoint` ({place}) cannot be used: {why}");
}
