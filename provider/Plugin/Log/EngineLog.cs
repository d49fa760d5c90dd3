using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Log;

/// <summary>Sends log messages to the engine, each after the one before it. Logging neither waits nor fails: a call
/// matters more than what is logged about it. The engine is connected at the first message.</summary>
internal sealed class EngineLog(TextWriter stderr, TimeProvider time) : IEngineLog, IDisposable
{
    /// <summary>How many messages wait at most; of more, status lines go first, then the oldest.</summary>
    public const int Capacity = 1000;

    /// <summary>How long the engine may take for a message, and how long an answer waits for its messages.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private GrpcChannel? _channel;
    private string? _address;
    private Task _last = Task.CompletedTask;
    private long _added;
    private long _done;
    private long _givenUp;
    private bool _hasComplained;

    /// <summary>Says where the engine is. Messages logged before are lost: nobody was there to read them.</summary>
    public void Connect(string address)
    {
        lock (_gate)
        {
            if (address.Length > 0 && !string.Equals(address, _address, StringComparison.Ordinal))
            {
                Close();
                _address = address;
                _hasComplained = false;
            }
        }
    }

    public void Status(string urn, string message) => Add(LogSeverity.Info, urn, message, isStatus: true);

    public void Info(string urn, string message) => Add(LogSeverity.Info, urn, message);

    public void Debug(string urn, string message) => Add(LogSeverity.Debug, urn, message);

    public void Warning(string urn, string message) => Add(LogSeverity.Warning, urn, message);

    /// <summary>Waits until everything logged so far was sent or given up, but not for long.</summary>
    public async Task FlushAsync()
    {
        Task last;
        lock (_gate)
            last = _last;

        await last.WaitAsync(SendLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        lock (_gate)
            Close();
    }

    private void Close()
    {
        _address = null;
        _channel?.Dispose();
        _channel = null;
    }

    private void Add(LogSeverity severity, string urn, string message, bool isStatus = false)
    {
        var request = new LogRequest
        {
            Severity = severity,
            Urn = urn,
            Message = message,
            Ephemeral = isStatus,
        };
        lock (_gate)
        {
            if (_address is not null && !(isStatus && _added - _done > Capacity))
                _last = SendAsync(request, ++_added, _last);
        }
    }

    private async Task SendAsync(LogRequest request, long number, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (ChannelFor(number) is { } channel)
            {
                using var limit = new CancellationTokenSource(SendLimit, time);
                await new Engine.EngineClient(channel).LogAsync(request, cancellationToken: limit.Token);
            }
        }
        catch (Exception e)
        {
            GiveUp(e);
        }

        lock (_gate)
            _done++;
    }

    /// <summary>The channel to send a message by; null where it is not sent any more.</summary>
    private GrpcChannel? ChannelFor(long number)
    {
        lock (_gate)
        {
            return _address is null || number <= Math.Max(_givenUp, _added - Capacity)
                ? null
                : _channel ??= LoopbackChannel.To(_address);
        }
    }

    /// <summary>An engine that takes no message now will not take the waiting ones either; each would cost its own
    /// wait.</summary>
    private void GiveUp(Exception exception)
    {
        lock (_gate)
        {
            _givenUp = _added;
            if (!_hasComplained && _address is not null)
            {
                _hasComplained = true;
                stderr.WriteLine($"The engine takes no log messages at '{_address}': {exception.Message}");
            }
        }
    }
}
