using System.Net;
using System.Net.Sockets;

namespace QingCloudMySqlStandby.QingCloud.Network;

/// <summary>Connects to a host that has several addresses: each next one is tried when the one before it has failed or
/// not answered for a moment, IPv6 and IPv4 in turn, and the first that answers is taken (RFC 8305). A dead IPv6 address
/// then costs a quarter of a second and not the whole call.</summary>
/// <param name="resolve">Finds a host's addresses.</param>
/// <param name="connect">Connects to one address.</param>
/// <param name="time">The clock.</param>
internal sealed class Connector(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve,
    Func<IPEndPoint, CancellationToken, Task<Stream>> connect,
    TimeProvider time
)
{
    /// <summary>How long all addresses together may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>A connector that uses this machine's network.</summary>
    public static Connector OfMachine(TimeProvider time) => new(Dns.GetHostAddressesAsync, ConnectAsync, time);

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">No address answered; it says how each of them failed.</exception>
    public async Task<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var addresses = InTurn(await resolve(host.Host, ended.Token));
        var attempts = new List<(IPAddress Address, Task<Stream> Task)>();
        try
        {
            foreach (var address in addresses)
            {
                attempts.Add((address, connect(new IPEndPoint(address, host.Port), ended.Token)));
                if (await FirstAsync(attempts, Task.Delay(HeadStart, time, ended.Token)) is { } early)
                    return early;
            }

            var first = await FirstAsync(attempts, Task.Delay(Timeout.InfiniteTimeSpan, time, ended.Token));
            cancellationToken.ThrowIfCancellationRequested();
            return first ?? throw Failure(attempts);
        }
        finally
        {
            ended.Cancel();
            foreach (var (_, attempt) in attempts)
                _ = CloseUnusedAsync(attempt);
        }
    }

    /// <summary>The first connection, taken out of the attempts; null when the patience ends or every attempt has
    /// failed.</summary>
    private static async Task<Stream?> FirstAsync(List<(IPAddress Address, Task<Stream> Task)> attempts, Task patience)
    {
        while (true)
        {
            if (attempts.FindIndex(attempt => attempt.Task.IsCompletedSuccessfully) is >= 0 and var index)
            {
                var stream = await attempts[index].Task;
                attempts.RemoveAt(index);
                return stream;
            }

            var running = attempts.Where(attempt => !attempt.Task.IsCompleted).Select(attempt => attempt.Task).ToList();
            if (patience.IsCompleted || running.Count == 0)
                return null;

            await Task.WhenAny([.. running, patience]);
        }
    }

    private static async Task CloseUnusedAsync(Task<Stream> attempt)
    {
        try
        {
            await (await attempt).DisposeAsync();
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // It has not come to a connection: there is nothing to close.
        }
    }

    /// <summary>The addresses, those of the two families in turn; whichever the system puts first begins.</summary>
    private static List<IPAddress> InTurn(IPAddress[] addresses)
    {
        var families = addresses.GroupBy(address => address.AddressFamily).Select(family => family.ToArray()).ToList();
        var most = families.Count == 0 ? 0 : families.Max(family => family.Length);
        return
        [
            .. Enumerable
                .Range(0, most)
                .SelectMany(index => families.Where(family => index < family.Length).Select(family => family[index])),
        ];
    }

    private static SocketException Failure(List<(IPAddress Address, Task<Stream> Task)> attempts)
    {
        var errors = attempts
            .Select(attempt => attempt.Task.Exception?.InnerException)
            .OfType<SocketException>()
            .ToList();
        var code = errors.Count > 0 ? errors[^1].SocketErrorCode : SocketError.TimedOut;
        var each = attempts.Select(attempt => $"{attempt.Address}: {Reason(attempt.Task)}");
        return new SocketException(
            (int)(attempts.Count == 0 ? SocketError.HostNotFound : code),
            attempts.Count == 0 ? "the name has no address" : string.Join("; ", each)
        );
    }

    private static string Reason(Task attempt) =>
        attempt.Exception?.InnerException is { } error and not OperationCanceledException
            ? error.Message
            : "no answer in time";

    private static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
