using System.Buffers.Binary;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Governance.Records;

namespace Writ.Governance.Folds;

/// <summary>Reads what <see cref="FoldWriter"/> wrote, and nothing beyond its end. Not thread safe.</summary>
/// <remarks>Every member throws <see cref="InvalidDataException"/> where the bytes are not what is read.</remarks>
internal sealed class FoldReader(ReadOnlyMemory<byte> bytes)
{
    // What every record has been read as since; a snapshot knows no other.
    private const int SubjectFormat = 2;

    private int _at;

    /// <summary>The format of the snapshot.</summary>
    public long Format { get; set; } = FoldSnapshot.Format;

    public bool IsAtEnd => _at == bytes.Length;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > bytes.Length - _at)
            throw new InvalidDataException("the fold snapshot ends in the middle of a value");
        var taken = bytes.Span.Slice(_at, count);
        _at += count;
        return taken;
    }

    public bool Flag() => Bytes(1)[0] switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidDataException("the fold snapshot has a flag that is neither set nor clear"),
    };

    public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public ulong Unsigned() => unchecked((ulong)Number());

    /// <summary>How many values follow: never more than there are bytes for.</summary>
    public int Count() => Number() is >= 0 and var count && count <= bytes.Length - _at
        ? (int)count
        : throw new InvalidDataException("the fold snapshot counts more than it holds");

    public DateTimeOffset Time() => Number() is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new InvalidDataException("the fold snapshot has a time that is none");

    public Guid Id() => new(Bytes(16), bigEndian: true);

    public Hash256 Hash() => new(Bytes(Hash256.Length));

    public string Text() => Encoding.UTF8.GetString(Bytes(Count()));

    public string? OptionalText() => Flag() ? Text() : null;

    public Guid? OptionalId() => Flag() ? Id() : null;

    /// <summary>A count, then so many values.</summary>
    public IEnumerable<T> Many<T>(Func<FoldReader, T> read)
    {
        for (var left = Count(); left > 0; left--)
            yield return read(this);
    }

    public PayloadSubject Subject() => PayloadSubject.Read(Text(), SubjectFormat);
}
