using System.Buffers.Binary;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Writ.Crypto.Hashing;

/// <summary>
/// CRC-32C (Castagnoli polynomial, reflected, initial value and final xor 0xFFFFFFFF), as in RFC 3720 appendix B.4.
/// It finds torn and rotten bytes; it is no defence against an adversary. Stateless and thread safe.
/// </summary>
public static class Crc32C
{
    private static readonly uint[] Table = BuildTable();

    /// <summary>The checksum of <paramref name="data"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>The checksum of earlier data with checksum <paramref name="crc"/> followed by <paramref name="data"/>; start with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        if (Sse42.X64.IsSupported)
            return ~AppendSse42(~crc, data);
        return Crc32.Arm64.IsSupported ? ~AppendArm64(~crc, data) : AppendTable(crc, data);
    }

    /// <summary>The portable way, which the others must equal.</summary>
    internal static uint AppendTable(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        foreach (var value in data)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint AppendSse42(uint state, ReadOnlySpan<byte> data)
    {
        ulong wide = state;
        for (; data.Length >= 8; data = data[8..])
            wide = Sse42.X64.Crc32(wide, BinaryPrimitives.ReadUInt64LittleEndian(data));
        state = (uint)wide;
        foreach (var value in data)
            state = Sse42.Crc32(state, value);
        return state;
    }

    private static uint AppendArm64(uint state, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= 8; data = data[8..])
            state = Crc32.Arm64.ComputeCrc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var value in data)
            state = Crc32.ComputeCrc32C(state, value);
        return state;
    }

    private static uint[] BuildTable()
    {
        const uint reflectedPolynomial = 0x82F63B78;
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ reflectedPolynomial : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
