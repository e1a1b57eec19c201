using System.IO.Compression;

namespace Writ.Governance.Replay;

/// <summary>
/// Reads a trace file, plain or gzip (told by its first bytes), block by block; never more of it is in memory than a block. Not thread safe.
/// </summary>
internal sealed class TraceFile : IDisposable
{
    /// <summary>The longest line, in bytes.</summary>
    public const int MaxLine = 64 << 20;

    private const int BlockBytes = 256 << 10;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _text;
    private byte[] _rest = [];
    private long _nextLine = 1;
    private bool _ended;

    public TraceFile(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var isGzip = _file.ReadByte() == 0x1f && _file.ReadByte() == 0x8b;
        _file.Position = 0;
        _text = isGzip ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>How many bytes of the file, as it lies on disk, are read.</summary>
    public long BytesRead => _file.Position;

    /// <summary>The next lines; null at the end, and with a problem where a line is too long.</summary>
    /// <exception cref="InvalidDataException">The file is not the gzip it starts as.</exception>
    public TraceBlock? Next(out TraceProblem? problem)
    {
        problem = null;
        var buffer = new byte[Math.Max(BlockBytes, _rest.Length * 2)];
        _rest.CopyTo(buffer, 0);
        var (filled, end) = (_rest.Length, 0);
        while (!_ended && end == 0)
        {
            if (filled == buffer.Length)
            {
                if (filled >= MaxLine)
                {
                    problem = new TraceProblem(_path, _nextLine, $"the line is longer than {MaxLine >> 20} MiB");
                    return null;
                }

                Array.Resize(ref buffer, filled * 2);
            }

            var read = _text.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            _ended = filled + read < buffer.Length;
            filled += read;
            end = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
        }

        if (_ended)
            end = filled;
        _rest = buffer[end..filled];
        if (end == 0)
            return null;
        var block = new TraceBlock(_path, _nextLine, buffer.AsMemory(0, end));
        _nextLine += block.Lines.Span.Count((byte)'\n');
        return block;
    }

    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }
}
