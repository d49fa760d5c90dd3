using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using QingCloudMySqlStandby.Plugin.Log;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>The engines that this plugin serves: most often the one that started it, but several may attach to one plugin
/// that another program started. Each gets the messages about its own calls, and cancels no calls but its own.</summary>
/// <param name="stderr">Where trouble goes that no call can report.</param>
/// <param name="time">The clock.</param>
/// <param name="clean">Takes out of a message what must not be shown.</param>
internal sealed class AttachedEngines(TextWriter stderr, TimeProvider time, Func<string, string> clean)
    : IEngineLog,
        IDisposable
{
    /// <summary>The key under which a connection keeps its engine.</summary>
    private static readonly object OfConnection = new();

    private readonly Lock _gate = new();
    private readonly AsyncLocal<RunningCall?> _current = new();
    private readonly List<Engine> _engines = [];
    private readonly HashSet<RunningCall> _running = [];

    /// <summary>The engine that came last: whoever does not say who it is, most likely is that one.</summary>
    private Engine? _latest;

    /// <summary>An engine has come, by a call or before any; calls may begin again. Without an address it is one that is
    /// known already.</summary>
    public void Attach(string address, ServerCallContext? context = null)
    {
        lock (_gate)
        {
            var engine = address.Length == 0 ? Of(context) : Known(address);
            engine.Calls.Renew();
            _latest = engine;
            if (ItemsOf(context) is { } items)
                items[OfConnection] = engine;
        }
    }

    /// <summary>Begins a call about a resource, which ends when it is disposed. What is logged meanwhile about that
    /// resource goes to the engine that made the call.</summary>
    public RunningCall Begin(ServerCallContext context, string urn)
    {
        lock (_gate)
        {
            var engine = Of(context);
            var call = new RunningCall(this, engine, urn, engine.Calls.Begin(context.CancellationToken));
            _running.Add(call);
            _current.Value = call;
            return call;
        }
    }

    /// <summary>Cancels every call of the engine that asks for it, without waiting for any.</summary>
    public void Cancel(ServerCallContext context)
    {
        lock (_gate)
            Of(context).Calls.CancelAll();
    }

    /// <summary>Cancels every call of every engine.</summary>
    public void CancelAll()
    {
        lock (_gate)
            _engines.ForEach(engine => engine.Calls.CancelAll());
    }

    /// <inheritdoc/>
    public void Status(string urn, string message) => LogOf(urn).Status(urn, clean(message));

    /// <inheritdoc/>
    public void Info(string urn, string message) => LogOf(urn).Info(urn, clean(message));

    /// <inheritdoc/>
    public void Debug(string urn, string message) => LogOf(urn).Debug(urn, clean(message));

    /// <inheritdoc/>
    public void Warning(string urn, string message) => LogOf(urn).Warning(urn, clean(message));

    public void Dispose()
    {
        lock (_gate)
            _engines.ForEach(engine => engine.Dispose());
    }

    private void End(RunningCall call)
    {
        lock (_gate)
            _running.Remove(call);
    }

    /// <summary>One call may log about the resources of others, whose reads it shares: the resource decides.</summary>
    private EngineLog LogOf(string urn)
    {
        lock (_gate)
        {
            var current = _current.Value;
            var own = current?.Urn == urn ? current : _running.FirstOrDefault(call => call.Urn == urn);
            return (own ?? current)?.Engine.Log ?? (_latest ?? Known("")).Log;
        }
    }

    private Engine Of(ServerCallContext? context) =>
        ItemsOf(context)?.TryGetValue(OfConnection, out var known) == true && known is Engine engine
            ? engine
            : _latest ?? Known("");

    /// <summary>The engine at an address. Those that have ended, and whose calls have, are forgotten then.</summary>
    private Engine Known(string address)
    {
        if (_engines.Find(engine => engine.Address == address) is { } known)
            return known;

        foreach (var ended in _engines.Where(IsOver).ToList())
        {
            _engines.Remove(ended);
            ended.Dispose();
        }

        var log = new EngineLog(stderr, time);
        log.Connect(address);
        var added = new Engine(address, log);
        _engines.Add(added);
        return added;
    }

    private bool IsOver(Engine engine) => engine.Calls.AreCancelled && !_running.Any(call => call.Engine == engine);

    private static IDictionary<object, object?>? ItemsOf(ServerCallContext? context) =>
        context?.GetHttpContext().Features.Get<IConnectionItemsFeature>()?.Items;

    /// <summary>An engine: where it takes messages, and its calls.</summary>
    internal sealed class Engine(string address, EngineLog log) : IDisposable
    {
        public string Address => address;
        public EngineLog Log => log;
        public PendingCalls Calls { get; } = new();

        public void Dispose()
        {
            log.Dispose();
            Calls.Dispose();
        }
    }

    /// <summary>A call under way.</summary>
    internal sealed class RunningCall(
        AttachedEngines engines,
        Engine engine,
        string urn,
        CancellationTokenSource either
    ) : IDisposable
    {
        public Engine Engine => engine;
        public string Urn => urn;

        /// <summary>Cancelled when the call is, or all calls of its engine are.</summary>
        public CancellationToken Token => either.Token;

        public void Dispose()
        {
            engines.End(this);
            either.Dispose();
        }
    }
}
