using System.Net;

namespace QingCloudMySqlStandby.QingCloud.Network;

/// <summary>The proxy of the environment: <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c>, in
/// either case of letters, lower case first. Requests to this machine itself never use one. Where the environment names
/// none, the system's settings count (Windows, macOS).</summary>
/// <remarks>.NET's own reading of these variables sends requests to loopback addresses to the proxy, knows few forms of
/// <c>NO_PROXY</c> and ignores what it does not understand.</remarks>
internal sealed class ProxySettings(Func<string, string?> environment, IWebProxy? system = null) : IWebProxy
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly Lazy<NoProxy> _exceptions = new(() => new NoProxy(Value(environment, "NO_PROXY").Value ?? ""));

    /// <summary>The proxies' users and passwords.</summary>
    public ICredentials? Credentials { get; set; } = new FromAddress(environment);

    /// <summary>The proxy for requests to an address, without its user and password; null where there is none.</summary>
    public Uri? GetProxy(Uri destination) =>
        IsDirect(destination) ? null
        : Chosen(environment, destination.Scheme) is { } chosen ? Read(chosen.Name, chosen.Value).Address
        : system is not null && !system.IsBypassed(destination) ? system.GetProxy(destination)
        : null;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <summary>Says by which proxy an address is reached, for a message; empty where by none.</summary>
    public string Describe(Uri destination) =>
        GetProxy(destination) is { } proxy
            ? $" by way of the proxy {proxy.Authority}"
                + (Chosen(environment, destination.Scheme) is { } chosen ? $" ({chosen.Name})" : "")
            : "";

    /// <summary>Requires that the settings for an address can be used: whoever sends requests would otherwise send them
    /// without the proxy.</summary>
    /// <exception cref="QingCloudException">They cannot; it names the variable.</exception>
    public void Require(Uri destination)
    {
        if (!IsDirect(destination) && Chosen(environment, destination.Scheme) is { } chosen)
            Read(chosen.Name, chosen.Value);
    }

    private bool IsDirect(Uri destination) => IsThisMachine(destination) || _exceptions.Value.Covers(destination);

    private static bool IsThisMachine(Uri destination)
    {
        var host = destination.IdnHost.TrimEnd('.');
        return destination.IsLoopback
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(Mapped(address)));
    }

    private static IPAddress Mapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The variable that names the proxy for a scheme, and its value; null where none does.</summary>
    private static (string Name, string Value)? Chosen(Func<string, string?> environment, string scheme)
    {
        foreach (var name in new[] { $"{scheme.ToUpperInvariant()}_PROXY", "ALL_PROXY" })
        {
            if (Value(environment, name) is { Value: { } value } found)
                return (found.Name, value);
        }

        return null;
    }

    private static (string Name, string? Value) Value(Func<string, string?> environment, string name) =>
        environment(name.ToLowerInvariant()) is { Length: > 0 } lower
            ? (name.ToLowerInvariant(), lower.Trim())
            : (name, environment(name)?.Trim() is { Length: > 0 } upper ? upper : null);

    private static (Uri Address, NetworkCredential? User) Read(string name, string value)
    {
        var address = AddressOf(value);
        return Problem(address) is { } why
            ? throw Unusable(name, why)
            : (new UriBuilder(address!.Scheme, address.Host, address.Port).Uri, User(address.UserInfo));
    }

    /// <summary>The address that a variable's value stands for; null where it is none.</summary>
    private static Uri? AddressOf(string value)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value;
        text = text.StartsWith("socks5h://", StringComparison.OrdinalIgnoreCase) ? "socks5" + text[7..] : text;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
    }

    /// <summary>Why an address cannot be a proxy's, as the end of a sentence; null where it can. What follows the port
    /// may be a part of a password, and the host then is the user.</summary>
    private static string? Problem(Uri? address) =>
        address is null || address.Host.Length == 0 ? "it is no address such as http://proxy.example.com:3128"
        : !Schemes.Contains(address.Scheme, StringComparer.Ordinal)
            ? $"its scheme is none of {string.Join(", ", Schemes)}"
        : address.Port < 0 ? "it names no port"
        : address.AbsolutePath.Trim('/').Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            ? "it goes on after its port; in a user and a password, write / as %2F, ? as %3F, # as %23 and @ as %40"
        : null;

    private static NetworkCredential? User(string userInfo)
    {
        if (userInfo.Length == 0)
            return null;

        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(userInfo[(colon + 1)..]);
        Sanitizer.Remember(user);
        Sanitizer.Remember(password);
        return new NetworkCredential(user, password);
    }

    private static QingCloudException Unusable(string name, string why) =>
        new(
            FailureKind.Unreachable,
            $"The proxy in {name} cannot be used: {why}. Correct it, unset it, or name the host in NO_PROXY."
        );

    /// <summary>The user and the password that a proxy's own variable has.</summary>
    private sealed class FromAddress(Func<string, string?> environment) : ICredentials
    {
        private static readonly string[] Names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            Names
                .Select(name => Value(environment, name))
                .Where(variable => variable.Value is { } value && Problem(AddressOf(value)) is null)
                .Select(variable => Read(variable.Name, variable.Value!))
                .FirstOrDefault(proxy => proxy.User is not null && proxy.Address.Authority == uri.Authority)
                .User;
    }
}
