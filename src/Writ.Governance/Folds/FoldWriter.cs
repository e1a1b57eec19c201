using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Governance.Records;

namespace Writ.Governance.Folds;

/// <summary>Writes the values of a fold snapshot: numbers little endian, text as its length in bytes and UTF-8. Not thread safe.</summary>
internal sealed class FoldWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Flag(bool value) => _bytes.Write([value ? (byte)1 : (byte)0]);

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Number(ulong value) => Number(unchecked((long)value));

    public void Time(DateTimeOffset value) => Number(value.UtcTicks);

    public void Id(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _);
        _bytes.Advance(16);
    }

    public void Hash(in Hash256 value) => _bytes.Write(value.Bytes);

    public void Text(string value)
    {
        Number(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
            Text(value);
    }

    public void OptionalId(Guid? value)
    {
        Flag(value is not null);
        if (value is { } id)
            Id(id);
    }

    /// <summary>Writes a subject by what a record may call it; false for a user of whom more than the key is known.</summary>
    public bool TrySubject(PayloadSubject subject)
    {
        if (subject.NamesUser)
            return false;
        Text(subject.Word);
        return true;
    }
}
