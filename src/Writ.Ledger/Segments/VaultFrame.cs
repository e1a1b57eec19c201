using System.Buffers.Binary;

namespace Writ.Ledger.Segments;

/// <summary>The bytes of a vault frame: the index of the record it belongs to, then the sealed payload.</summary>
internal static class VaultFrame
{
    public const int IndexLength = 8;

    /// <summary>Stands in for the index until it is known.</summary>
    public static ReadOnlySpan<byte> NoIndex => [0, 0, 0, 0, 0, 0, 0, 0];

    public static void SetIndex(Span<byte> frame, ulong index) =>
        BinaryPrimitives.WriteUInt64LittleEndian(frame[Format.FrameHeaderLength..], index);

    public static ulong IndexOf(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt64LittleEndian(frame[Format.FrameHeaderLength..]);
}
