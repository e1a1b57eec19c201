using System.Buffers;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Reads the data of server-sent events (WHATWG HTML, "Server-sent events") from a stream, bounded per event and in all.
/// Ids, retry hints and comments are skipped; events of another type than <c>message</c> are not messages of MCP. Not thread safe.
/// </summary>
internal sealed class SseReader(int maxEvent, long maxTotal)
{
    private readonly ArrayBufferWriter<byte> _data = new(4096);
    private bool _otherType;
    private bool _hasData;

    /// <summary>How reading ended.</summary>
    public enum End
    {
        /// <summary>The handler had what it wanted.</summary>
        Satisfied,

        /// <summary>The stream ended.</summary>
        Closed,

        /// <summary>A bound was passed.</summary>
        TooLarge,
    }

    /// <summary>Hands each event's data to <paramref name="handle"/> until it returns true.</summary>
    public async Task<End> ReadAsync(Stream stream, Func<ReadOnlyMemory<byte>, ValueTask<bool>> handle, CancellationToken cancellationToken)
    {
        var lines = new Queue<byte[]>();
        var splitter = new LineSplitter(maxEvent);
        var buffer = new byte[16 * 1024];
        long total = 0;
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            total += read;
            if (total > maxTotal || !splitter.Take(buffer.AsSpan(0, read), line => lines.Enqueue(line.ToArray())))
                return End.TooLarge;
            while (lines.TryDequeue(out var line))
            {
                if (line.Length > 0)
                {
                    if (!TakeField(line))
                        return End.TooLarge;
                    continue;
                }

                var complete = _hasData && !_otherType;
                if (complete && await handle(_data.WrittenMemory))
                    return End.Satisfied;
                _data.ResetWrittenCount();
                (_hasData, _otherType) = (false, false);
            }
        }

        return End.Closed;
    }

    private bool TakeField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        if (value.StartsWith(" "u8))
            value = value[1..];
        if (name.SequenceEqual("event"u8))
            _otherType = !value.IsEmpty && !value.SequenceEqual("message"u8);
        if (!name.SequenceEqual("data"u8))
            return true;
        if (_data.WrittenCount + value.Length + 1 > maxEvent)
            return false;
        if (_hasData)
            _data.Write("\n"u8);
        _hasData = true;
        _data.Write(value);
        return true;
    }
}
