namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>A body that ends before its time, or goes on with spaces for as long as it was asked to.</summary>
internal sealed class ReplyStream(byte[] body, long length, bool cut) : MemoryStream(body)
{
    private long _left = length;

    // Otherwise its length would be taken for the body's.
    public override bool CanSeek => false;

    // All other ways to read come here.
    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Min(count, _left);
        if (count == 0 && cut)
            throw new HttpIOException(HttpRequestError.ResponseEnded);

        var read = base.Read(buffer, offset, count);
        buffer.AsSpan(offset + read, count - read).Fill((byte)' ');
        _left -= count;
        return count;
    }
}
