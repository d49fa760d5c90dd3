using System.Runtime.InteropServices;

namespace QingCloudMySqlStandby.Engine.Cli;

/// <summary>Ctrl-C: the first asks providers to end their operations, the second kills them.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken First => _first.Token;
    public CancellationToken Second => _second.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        (_first.IsCancellationRequested ? _second : _first).Cancel();
    }
}
