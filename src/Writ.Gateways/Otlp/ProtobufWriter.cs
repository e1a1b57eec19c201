using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Writ.Gateways.Otlp;

/// <summary>Writes protobuf messages (protobuf.dev, "Encoding"). A message within another is written on its own first. Not thread safe.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.WrittenMemory;

    public void Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
    }

    public void Fixed64(int field, ulong value)
    {
        Varint(((ulong)field << 3) | 1);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Text(int field, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Begin(field, length);
        _bytes.Advance(Encoding.UTF8.GetBytes(value, _bytes.GetSpan(Math.Max(1, length))));
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Begin(field, value.Length);
        _bytes.Write(value);
    }

    private void Begin(int field, int length)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)length);
    }

    private void Varint(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            span[count++] = (byte)(value | 0x80);
        span[count++] = (byte)value;
        _bytes.Advance(count);
    }
}
