using System.Buffers.Binary;

namespace Writ.Ledger.Hashes;

/// <summary>Reads what <see cref="HashWriter"/> wrote; for bytes whose signature was checked. Not thread safe.</summary>
internal sealed class HashReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public long At => _at;

    public long Left => bytes.Length - _at;

    public ReadOnlySpan<byte> Rest => bytes.Span[_at..];

    /// <exception cref="ArgumentOutOfRangeException">They end before.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        var taken = bytes.Span.Slice(_at, count);
        _at += count;
        return taken;
    }

    public uint Number() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));
}
