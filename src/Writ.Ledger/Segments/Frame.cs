using System.Buffers.Binary;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Segments;

/// <summary>One record inside a batch: checksum, length, log number, bytes. The checksum covers all that follows it.</summary>
internal static class Frame
{
    /// <summary>Writes everything but the checksum, which <see cref="Seal"/> adds on the writer's thread.</summary>
    public static void WriteUnsealed(Span<byte> destination, uint log, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], first.Length + second.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], log);
        first.CopyTo(destination[Format.FrameHeaderLength..]);
        second.CopyTo(destination[(Format.FrameHeaderLength + first.Length)..]);
    }

    /// <summary>Completes a frame with its checksum.</summary>
    public static void Seal(Span<byte> frame) =>
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Crc32C.Compute(frame[4..]));

    /// <summary>The bytes a frame takes, by its length field; -1 when the field is impossible in what is left.</summary>
    public static int TotalLengthAt(ReadOnlySpan<byte> rest) => rest.Length < Format.FrameHeaderLength ? -1 : TotalLengthAt(rest, rest.Length);

    /// <summary>The same by the header alone, with <paramref name="room"/> bytes from its begin to the batch's end.</summary>
    public static int TotalLengthAt(ReadOnlySpan<byte> header, long room)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return length == 0 || length > room - Format.FrameHeaderLength ? -1 : Format.FrameHeaderLength + (int)length;
    }

    public static uint LogAt(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]);

    /// <summary>Whether the stored checksum of a whole frame is right.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame) == Crc32C.Compute(frame[4..]);
}
