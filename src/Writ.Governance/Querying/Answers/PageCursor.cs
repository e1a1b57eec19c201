using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Governance.Querying.Answers;

/// <summary>Where the next page of one query begins: behind a row, in the log as it stood for the first page.</summary>
/// <param name="Records">The log's first so many records are answered from.</param>
/// <param name="Value">What the last row was ordered by; 0 where that is its place in the log.</param>
/// <param name="Row">The last row.</param>
internal readonly record struct PageCursor(ulong Records, long Value, ulong Row)
{
    private const int Length = 32;

    public string Write(string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Records);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Row);
        BoundTo(query, bytes[..24]).CopyTo(bytes[24..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when it is no cursor of this query.</summary>
    public static PageCursor? Read(string text, string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Length
            || !BoundTo(query, bytes[..24]).AsSpan().SequenceEqual(bytes[24..]))
            return null;
        return new PageCursor(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
    }

    private static byte[] BoundTo(string query, ReadOnlySpan<byte> place) => Hash256.Of([.. place, .. Encoding.UTF8.GetBytes(query)]).Bytes[..8].ToArray();
}
