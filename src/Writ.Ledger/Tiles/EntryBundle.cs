using System.Buffers.Binary;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tiles;

/// <summary>The bytes of an entry bundle (C2SP tlog-tiles): entries one after the other, each behind its length in two bytes, big-endian.</summary>
internal static class EntryBundle
{
    private const int LengthBytes = 2;

    /// <summary>The longest bundle there can be.</summary>
    public const int MaxBytes = TilePath.FullWidth * (LengthBytes + ushort.MaxValue);

    public static void Add(MemoryStream bundle, ReadOnlySpan<byte> entry)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
        bundle.Write(length);
        bundle.Write(entry);
    }

    /// <summary>Where the entries lie; null unless there are exactly so many, or at least so many in a bundle that is <paramref name="longer"/>.</summary>
    public static LeafSlice[]? Slices(ReadOnlySpan<byte> bundle, int count, bool longer)
    {
        var slices = new LeafSlice[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (bundle.Length - at < LengthBytes)
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle[at..]);
            at += LengthBytes;
            if (bundle.Length - at < length)
                return null;
            slices[i] = new LeafSlice(at, length);
            at += length;
        }

        return at == bundle.Length || longer ? slices : null;
    }
}
