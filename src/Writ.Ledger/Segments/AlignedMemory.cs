using System.Runtime.InteropServices;

namespace Writ.Ledger.Segments;

/// <summary>Zeroed managed memory that never moves and begins on a page, as writes past the cache need it.</summary>
internal readonly struct AlignedMemory
{
    private readonly byte[] _bytes;
    private readonly int _start;

    public AlignedMemory(int length)
    {
        _bytes = GC.AllocateArray<byte>(length + Format.Page, pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) & (Format.Page - 1));
        Length = length;
    }

    public int Length { get; }

    public Span<byte> Span => _bytes.AsSpan(_start, Length);
}
