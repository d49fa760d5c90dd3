using System.Diagnostics.CodeAnalysis;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Log;

/// <summary>Sends log messages to the engine, one after another in their order. Logging neither waits nor fails: a call
/// matters more than what is logged about it. The engine is connected at the first message.</summary>
internal sealed class EngineLog(TextWriter stderr, TimeProvider time) : IEngineLog, IDisposable
{
    /// <summary>How many messages wait at most; of more, status lines go first, then the oldest.</summary>
    public const int Capacity = 1000;

    /// <summary>How long the engine may take for a message, and how long an answer waits for its messages.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<Entry> _queue = new();
    private GrpcChannel? _channel;
    private string? _address;
    private Task _last = Task.CompletedTask;
    private bool _isSending;
    private bool _hasComplained;

    /// <summary>Says where the engine is. Messages logged before are lost: nobody was there to read them.</summary>
    public void Connect(string address)
    {
        lock (_gate)
        {
            if (address.Length > 0 && !string.Equals(address, _address, StringComparison.Ordinal))
            {
                _address = address;
                _channel?.Dispose();
                _channel = null;
                _hasComplained = false;
            }
        }
    }

    public void Status(string urn, string message) =>
        Add(new LogRequest { Severity = LogSeverity.Info, Urn = urn, Message = message, Ephemeral = true });

    public void Info(string urn, string message) =>
        Add(new LogRequest { Severity = LogSeverity.Info, Urn = urn, Message = message });

    public void Warning(string urn, string message) =>
        Add(new LogRequest { Severity = LogSeverity.Warning, Urn = urn, Message = message });

    /// <summary>Waits until everything logged so far was sent or given up, but not for long.</summary>
    public async Task FlushAsync()
    {
        Task last;
        lock (_gate)
        {
            last = _last;
        }

        if (!last.IsCompleted)
            await last.WaitAsync(SendLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _address = null;
            DropAll();
            _channel?.Dispose();
            _channel = null;
        }
    }

    private void Add(LogRequest request)
    {
        lock (_gate)
        {
            if (_address is null || (_queue.Count >= Capacity && request.Ephemeral))
                return;
            if (_queue.Count >= Capacity)
                _queue.Dequeue().Done.SetResult();

            var entry = new Entry(
                request, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _queue.Enqueue(entry);
            _last = entry.Done.Task;
            if (!_isSending)
            {
                _isSending = true;
                _ = Task.Run(SendAllAsync);
            }
        }
    }

    private async Task SendAllAsync()
    {
        while (TryTakeNext(out var entry))
        {
            try
            {
                using var limit = new CancellationTokenSource(SendLimit, time);
                await new Engine.EngineClient(Channel()).LogAsync(entry.Request, cancellationToken: limit.Token);
            }
            catch (Exception e)
            {
                GiveUp(e);
            }
            finally
            {
                entry.Done.SetResult();
            }
        }
    }

    private bool TryTakeNext([MaybeNullWhen(false)] out Entry entry)
    {
        lock (_gate)
        {
            _isSending = _queue.TryDequeue(out entry);
            return _isSending;
        }
    }

    private GrpcChannel Channel()
    {
        lock (_gate)
        {
            return _channel ??= LoopbackChannel.To(
                _address ?? throw new InvalidOperationException("The log is closed."));
        }
    }

    /// <summary>An engine that takes no message now will not take the waiting ones either; each would cost its own
    /// wait.</summary>
    private void GiveUp(Exception exception)
    {
        lock (_gate)
        {
            DropAll();
            if (!_hasComplained && _address is not null)
            {
                _hasComplained = true;
                stderr.WriteLine($"The engine takes no log messages at '{_address}': {exception.Message}");
            }
        }
    }

    private void DropAll()
    {
        while (_queue.TryDequeue(out var entry))
            entry.Done.SetResult();
    }

    private sealed record Entry(LogRequest Request, TaskCompletionSource Done);
}
