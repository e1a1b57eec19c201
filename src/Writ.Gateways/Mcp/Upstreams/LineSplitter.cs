using System.Buffers;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Cuts a byte stream into lines of bounded length. Not thread safe.</summary>
internal sealed class LineSplitter(int maxLength)
{
    private const int KeptCapacity = 1024 * 1024;

    private ArrayBufferWriter<byte> _partial = new(4096);

    /// <summary>Takes the next bytes and hands on each whole line without its end; false once a line is too long.</summary>
    public bool Take(ReadOnlySpan<byte> bytes, Action<ReadOnlyMemory<byte>> line)
    {
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            if (_partial.WrittenCount + part.Length > maxLength)
                return false;
            _partial.Write(part);
            if (end < 0)
                return true;
            bytes = bytes[(end + 1)..];
            var whole = _partial.WrittenMemory;
            line(whole.Length > 0 && whole.Span[^1] == '\r' ? whole[..^1] : whole);
            if (_partial.Capacity > KeptCapacity)
                _partial = new ArrayBufferWriter<byte>(4096);
            else
                _partial.ResetWrittenCount();
        }
    }
}
