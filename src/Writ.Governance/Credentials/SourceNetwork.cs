using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Writ.Governance.Credentials;

/// <summary>The network that an address is in, as far as it tells places apart: 24 bits of an IPv4 address, 48 of an IPv6 address. The rest is nobody's to keep.</summary>
/// <param name="Bits">The network's bits, at the top.</param>
/// <param name="IsV6">Of which version.</param>
public readonly record struct SourceNetwork(ulong Bits, bool IsV6)
{
    public static SourceNetwork Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? new(bits & 0xFFFF_FFFF_FFFF_0000, true) : new(bits & 0xFFFF_FF00_0000_0000, false);
    }

    /// <summary>As CIDR.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits);
        return IsV6 ? new IPAddress(bytes) + "/48" : new IPAddress(bytes[..4]) + "/24";
    }
}
