using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Writ.Ledger.Segments;

/// <summary>
/// 16 random bytes drawn when a ledger is made and repeated in every header: files of two ledgers do not mix, and nobody who
/// only writes records can make bytes inside a record look like a header.
/// </summary>
internal readonly record struct LedgerId
{
    public const int Length = 16;

    private readonly UInt128 _value;

    public LedgerId(ReadOnlySpan<byte> bytes) => _value = MemoryMarshal.Read<UInt128>(bytes[..Length]);

    public static LedgerId Draw()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        return new LedgerId(bytes);
    }

    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, _value);
}
