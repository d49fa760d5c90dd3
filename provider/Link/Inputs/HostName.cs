using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>The address of a source: a name, an IPv4 address or an IPv6 address. One host has several spellings, which
/// mean no change; and some spellings can never be reached from a standby.</summary>
internal static class HostName
{
    private const int MostCharacters = 253;
    private const int MostCharactersOfALabel = 63;
    private static readonly IdnMapping International = new() { UseStd3AsciiRules = false };

    /// <summary>Whether both spell the same host. Two missing ones are the same.</summary>
    public static bool AreSame(string? one, string? other) =>
        one is null || other is null
            ? one is null && other is null
            : string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);

    /// <summary>The one spelling that all spellings of a host share: lower case, without a final dot and without the
    /// brackets of an IPv6 address, which is written in its shortest form. An IPv4 address within an IPv6 one
    /// (<c>::ffff:10.0.0.1</c>) is that IPv4 address. A string that is no host stays as it is, but for its case and the
    /// blanks around it.</summary>
    public static string Normalize(string host)
    {
        var bare = WithoutBrackets(host.Trim());
        if (AddressOf(bare) is { } address)
            return address.ToString();

        var name = WithoutFinalDot(bare).ToLowerInvariant();
        return Ipv4Of(name) is { } number ? number.ToString()
            : Ascii.IsValid(name) ? name
            : Encoded(name);
    }

    /// <summary>Why a standby cannot reach such a host, as the end of a sentence; null where nothing speaks against
    /// it.</summary>
    public static string? Problem(string host)
    {
        if (host.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return "it contains a blank or a control character";
        if (host.Contains('/', StringComparison.Ordinal) || host.Contains('@', StringComparison.Ordinal))
            return "it must be the host alone, without a scheme, a path or a user";

        var bare = WithoutBrackets(host);
        if (bare.Contains(':', StringComparison.Ordinal))
            return ProblemOfIpv6(bare);
        if (bare.Length != host.Length || bare.Contains('[', StringComparison.Ordinal))
            return "only an IPv6 address has brackets";

        var name = WithoutFinalDot(bare);
        return EndsInANumber(name)
            ? Ipv4Of(name) is { } address
                ? ProblemOf(address)
                : "an IPv4 address has four numbers from 0 to 255 without leading zeros"
            : ProblemOfName(name);
    }

    private static string? ProblemOfIpv6(string text) =>
        text.Contains('%', StringComparison.Ordinal) ? "an address with a zone index (%) is known to one machine only"
        : AddressOf(text) is { } address ? ProblemOf(address)
        : text.Count(c => c == ':') == 1 ? "it must be the host alone; the port is source.port"
        : "it is no IPv6 address";

    private static string? ProblemOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var isIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        return IPAddress.IsLoopback(address) ? "it is a loopback address: the standby would connect to itself"
            : isIpv4 && bytes[0] == 0 || address.Equals(IPAddress.IPv6Any) ? "it is the address of no machine"
            : isIpv4 && bytes[0] >= 240 ? "it is a broadcast or reserved address"
            : isIpv4 && bytes[0] >= 224 || address.IsIPv6Multicast ? "it is a multicast address"
            : isIpv4 && bytes is [169, 254, ..] || address.IsIPv6LinkLocal
                ? "it is a link-local address, which no other network reaches"
            : null;
    }

    private static string? ProblemOfName(string name)
    {
        var labels = name.Split('.');
        return !Ascii.IsValid(name)
                ? $"MySQL takes ASCII names only: write an international name in its encoded form ({Example(name)})"
            : name.Length > MostCharacters
                ? string.Create(CultureInfo.InvariantCulture, $"a host name has at most {MostCharacters} characters")
            : labels.Contains("", StringComparer.Ordinal) ? "a part of the name is empty"
            : labels.Any(label => label.Length > MostCharactersOfALabel)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"a part of a host name has at most {MostCharactersOfALabel} characters"
                )
            : !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                ? "a host name has letters, digits, hyphens and dots only"
            : labels.Any(label => label[0] == '-' || label[^1] == '-') ? "a part of it begins or ends with a hyphen"
            : labels[^1].Equals("localhost", StringComparison.OrdinalIgnoreCase)
                ? "localhost is the standby itself, for the standby"
            : null;
    }

    private static string Example(string name) => Ascii.IsValid(Encoded(name)) ? Encoded(name) : "xn--...";

    private static string Encoded(string name)
    {
        try
        {
            return International.GetAscii(name);
        }
        catch (ArgumentException)
        {
            // No international name either: two spellings of it are the same only where they are equal.
            return name;
        }
    }

    private static string WithoutBrackets(string host) => host is ['[', .. var inner, ']'] ? inner : host;

    private static string WithoutFinalDot(string name) => name is [.. var rest, '.'] && rest.Length > 0 ? rest : name;

    /// <summary>An IPv6 address; the zone index is part of what it names, so that one with an index is
    /// none.</summary>
    private static IPAddress? AddressOf(string text) =>
        text.Contains(':', StringComparison.Ordinal)
        && !text.Contains('%', StringComparison.Ordinal)
        && !text.Contains('[', StringComparison.Ordinal)
        && IPAddress.TryParse(text, out var address)
            ? address.IsIPv4MappedToIPv6
                ? address.MapToIPv4()
                : address
            : null;

    /// <summary>An IPv4 address in its usual form. The system's parser also takes octal, hexadecimal and short forms,
    /// which programs read differently.</summary>
    private static IPAddress? Ipv4Of(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, IsByte) ? IPAddress.Parse(text) : null;
    }

    private static bool IsByte(string part) =>
        part.All(char.IsAsciiDigit)
        && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (part.Length == 1 || part[0] != '0');

    /// <summary>Whether it can only be meant as an IPv4 address: no top-level domain is a number.</summary>
    private static bool EndsInANumber(string name)
    {
        var last = name.Split('.')[^1];
        return last.Length > 0
            && (
                last.All(char.IsAsciiDigit)
                || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last.Skip(2).All(char.IsAsciiHexDigit))
            );
    }
}
