namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>A body that ends before its time, or goes on with spaces for as long as it was told to.</summary>
internal sealed class ReplyStream(byte[] body, long length, bool cut) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        if (count == 0)
        {
            return cut && buffer.Length > 0 ? throw new HttpIOException(HttpRequestError.ResponseEnded) : 0;
        }

        var part = buffer[..count];
        part.Fill((byte)' ');
        if (_position < body.Length)
        {
            var rest = body.AsSpan((int)_position);
            rest[..Math.Min(rest.Length, count)].CopyTo(part);
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
