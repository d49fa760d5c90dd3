using System.Net;

namespace QingCloudMySqlStandby.QingCloud.Network;

/// <summary>The hosts that are reached without a proxy, as <c>NO_PROXY</c> lists them, separated by commas or blanks:
/// <c>*</c> for all, <c>corp.example</c>, <c>.corp.example</c> or <c>*.corp.example</c> for a domain and what is below it,
/// an address, a range of addresses (<c>10.0.0.0/8</c>), each but the last with a port or without.</summary>
internal sealed class NoProxy(string list)
{
    private static readonly char[] Separators = [',', ' ', '\t', ';', '\n', '\r'];
    private readonly string[] _entries = list.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether requests to that address use no proxy.</summary>
    public bool Covers(Uri destination)
    {
        var host = destination.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return Array.Exists(_entries, entry => Covers(entry.ToLowerInvariant(), host, destination.Port));
    }

    private static bool Covers(string entry, string host, int port)
    {
        if (entry == "*")
            return true;
        if (entry.Split('/') is [var first, var bits])
            return IsInRange(host, first, bits);
        if (WithoutPort(entry, port) is not { } name)
            return false;

        if (IPAddress.TryParse(name, out var address))
            return IPAddress.TryParse(host, out var same) && Plain(same).Equals(Plain(address));

        var domain = name.TrimStart('*').Trim('.');
        return domain.Length > 0 && (host == domain || host.EndsWith("." + domain, StringComparison.Ordinal));
    }

    /// <summary>The entry's host; null where it names another port.</summary>
    private static string? WithoutPort(string entry, int port)
    {
        var isBracketed = entry.StartsWith('[');
        var end = isBracketed
            ? entry.IndexOf(']', StringComparison.Ordinal)
            : entry.IndexOf(':', StringComparison.Ordinal);
        if (end < 0 || (!isBracketed && entry.IndexOf(':', end + 1) >= 0))
            return entry.Trim('[', ']');

        var host = isBracketed ? entry[1..end] : entry[..end];
        var given = entry[(end + 1)..].TrimStart(':');
        return given.Length == 0 || given == port.ToString(CultureInfo.InvariantCulture) ? host : null;
    }

    /// <summary>Whether the host is an address whose first bits are those of another.</summary>
    private static bool IsInRange(string host, string first, string bits)
    {
        if (
            !IPAddress.TryParse(host, out var address)
            || !IPAddress.TryParse(first, out var start)
            || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return false;
        }

        var (one, other) = (Plain(address).GetAddressBytes(), start.GetAddressBytes());
        return one.Length == other.Length
            && count <= 8 * one.Length
            && Enumerable.Range(0, count).All(bit => Bit(one, bit) == Bit(other, bit));
    }

    private static int Bit(byte[] address, int bit) => (address[bit / 8] >> (7 - (bit % 8))) & 1;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
