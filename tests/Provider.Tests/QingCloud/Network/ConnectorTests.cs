using System.Net;
using System.Net.Sockets;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud.Network;

namespace QingCloudMySqlStandby.QingCloud.Network;

[Collection(nameof(Alone))]
public sealed class ConnectorTests
{
    private static readonly IPAddress Six = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress SecondSix = IPAddress.Parse("2001:db8::2");
    private static readonly IPAddress Four = IPAddress.Parse("192.0.2.1");

    private readonly ManualTimeProvider _clock = new();
    private readonly List<IPAddress> _tried = [];

    [Fact]
    public void A_dead_IPv6_address_costs_a_moment() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                await using var stream = await To([Six, SecondSix, Four], Answers).ConnectAsync(Host, None);

                Assert.Equal([Six, Four], _tried);
                Assert.Equal(TimeSpan.FromMilliseconds(250), Elapsed);
            }
        );

    [Fact]
    public void An_address_that_refuses_is_followed_by_the_next_at_once() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                await using var stream = await To([Six, Four], Refuses).ConnectAsync(Host, None);

                Assert.Equal([Six, Four], _tried);
                Assert.Equal(TimeSpan.Zero, Elapsed);
            }
        );

    [Fact]
    public void Where_none_answers_the_error_names_each() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                var failure = await Assert.ThrowsAsync<SocketException>(() =>
                    To([Six, SecondSix], Refuses).ConnectAsync(Host, None)
                );

                Assert.Contains("2001:db8::1: ", failure.Message, StringComparison.Ordinal);
                Assert.Contains("2001:db8::2: no answer in time", failure.Message, StringComparison.Ordinal);
                Assert.Equal(Connector.Limit, Elapsed);
            }
        );

    [Fact]
    public void A_name_without_an_address_does_not_exist() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                var failure = await Assert.ThrowsAsync<SocketException>(() => To([], Answers).ConnectAsync(Host, None));

                Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
            }
        );

    [Fact]
    public void Whoever_waits_can_cancel() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(1), _clock);

                await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                    To([SecondSix], Refuses).ConnectAsync(Host, cancelled.Token)
                );

                Assert.Equal(TimeSpan.FromSeconds(1), Elapsed);
            }
        );

    [Fact]
    public void The_connection_that_comes_second_is_closed() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                var late = new MemoryStream();
                var connector = new Connector(
                    (_, _) => Task.FromResult(new[] { Six, Four }),
                    async (address, _) =>
                    {
                        // What has been begun comes to its end, as a connection may at the very moment of its end.
                        var delay = TimeSpan.FromMilliseconds(address.Address.Equals(Six) ? 300 : 10);
                        await Task.Delay(delay, _clock, None);
                        return address.Address.Equals(Six) ? late : new MemoryStream();
                    },
                    _clock
                );

                await using var first = await connector.ConnectAsync(Host, None);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock);

                Assert.True(first.CanRead);
                Assert.False(late.CanRead);
            }
        );

    private static DnsEndPoint Host => new("api.test", 443);
    private static CancellationToken None => CancellationToken.None;
    private TimeSpan Elapsed => TimeSpan.FromTicks(_clock.GetTimestamp());

    private Connector To(IPAddress[] addresses, Func<IPAddress, CancellationToken, Task<Stream>> connect) =>
        new(
            (_, _) => Task.FromResult(addresses),
            (address, token) =>
            {
                _tried.Add(address.Address);
                return connect(address.Address, token);
            },
            _clock
        );

    /// <summary>IPv4 answers, IPv6 does not.</summary>
    private async Task<Stream> Answers(IPAddress address, CancellationToken token)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);

        return new MemoryStream();
    }

    /// <summary>The first IPv6 address refuses, the second one does not answer, IPv4 answers.</summary>
    private async Task<Stream> Refuses(IPAddress address, CancellationToken token) =>
        address.Equals(Six)
            ? throw new SocketException((int)SocketError.ConnectionRefused)
            : await Answers(address, token);
}
