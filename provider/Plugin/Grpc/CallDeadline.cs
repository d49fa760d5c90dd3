using Microsoft.Extensions.Primitives;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>A call's end as its client sees it: its deadline, or its reset, whichever comes first.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _either;

    public CallDeadline(StringValues header, TimeProvider time, CancellationToken aborted)
    {
        Token = aborted;
        if (header.Count == 0)
        {
            return;
        }

        if (!GrpcTimeout.TryParse(header.ToString(), out var timeout))
        {
            IsMalformed = true;
            return;
        }

        _timer = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, aborted);
        Token = _either.Token;
    }

    public CancellationToken Token { get; }

    public bool IsMalformed { get; }

    public bool HasPassed => _timer is { IsCancellationRequested: true };

    public void Dispose()
    {
        _either?.Dispose();
        _timer?.Dispose();
    }
}
