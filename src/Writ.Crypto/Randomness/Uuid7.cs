using System.Buffers.Binary;

namespace Writ.Crypto.Randomness;

/// <summary>UUIDs of version 7 (RFC 9562 section 5.7): milliseconds, then 74 random bits. Thread safe.</summary>
public static class Uuid7
{
    /// <summary>Mints one at a time, which is UTC and not before 1970.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970.</exception>
    public static Guid New(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(time));
        Span<byte> bytes = stackalloc byte[16];
        RandomReserve.Fill(bytes[6..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(milliseconds >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)milliseconds);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true);
    }
}
