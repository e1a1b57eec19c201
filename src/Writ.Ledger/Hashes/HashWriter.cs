using System.Buffers;
using System.Buffers.Binary;

namespace Writ.Ledger.Hashes;

/// <summary>Writes the values of a file of hashes, little endian. Not thread safe.</summary>
internal sealed class HashWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>So many bytes to be filled at once.</summary>
    public Span<byte> Room(int length)
    {
        var room = _bytes.GetSpan(length)[..length];
        _bytes.Advance(length);
        return room;
    }

    public void Number(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);

    public void Long(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
}
