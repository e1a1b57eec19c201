using Writ.Ledger.Disks;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Reading;

/// <summary>Reads segment files forward through one buffer, opening each when it is first asked for. Not thread safe.</summary>
internal sealed class SegmentWindow(SegmentFolder folder, int readAhead) : IDisposable
{
    private byte[] _buffer = [];
    private IDiskFile? _file;
    private ulong _segment;
    private long _start;
    private int _count;

    /// <summary>The length of the segment; a fault when it cannot be opened.</summary>
    public DiskFault? Open(ulong segment, out long length)
    {
        length = 0;
        if (_file is null || _segment != segment)
        {
            Dispose();
            if (!folder.Disk.TryOpen(folder.PathOf(segment), DiskAccess.Read, out _file, out var fault))
                return fault;
            (_segment, _start, _count) = (segment, 0, 0);
        }

        length = _file.Length;
        return null;
    }

    /// <summary>
    /// The bytes at a place; fewer than asked for only where the file ends. Valid until the next call. Null <paramref name="fault"/>
    /// when the read worked.
    /// </summary>
    public ReadOnlySpan<byte> Get(ulong segment, long offset, int length, out DiskFault? fault) =>
        Get(segment, offset, length, out fault, out var at) is { } buffer ? buffer.AsSpan(at, Math.Min(length, _count - at)) : default;

    /// <summary>As the other, as memory.</summary>
    public ReadOnlyMemory<byte> GetMemory(ulong segment, long offset, int length, out DiskFault? fault) =>
        Get(segment, offset, length, out fault, out var at) is { } buffer ? buffer.AsMemory(at, Math.Min(length, _count - at)) : default;

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private byte[]? Get(ulong segment, long offset, int length, out DiskFault? fault, out int at)
    {
        at = (int)(offset - _start);
        fault = null;
        if (_file is not null && _segment == segment && offset >= _start && offset + length <= _start + _count)
            return _buffer;
        at = 0;
        fault = Open(segment, out _);
        if (fault is not null)
            return null;

        var wanted = Math.Max(length, readAhead);
        if (_buffer.Length < wanted)
            _buffer = GC.AllocateUninitializedArray<byte>(wanted);
        _start = offset;
        fault = _file!.Read(offset, _buffer.AsSpan(0, wanted), out _count);
        return fault is null ? _buffer : null;
    }
}
