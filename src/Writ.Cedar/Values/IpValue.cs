using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Values;

/// <summary>
/// An IPv4 or IPv6 address, or a range of them in CIDR form. Made in a policy by <c>ip("10.0.0.0/8")</c>. The bits after the prefix
/// belong to the value: <c>10.0.0.1/8</c> is not <c>10.0.0.0/8</c>, but <c>10.0.0.1</c> is <c>10.0.0.1/32</c>.
/// </summary>
public sealed record IpValue : Value
{
    private const int Bits4 = 32;
    private const int Bits6 = 128;

    internal IpValue(bool isIPv6, UInt128 address, int prefixLength)
    {
        IsIPv6 = isIPv6;
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>Whether this is an IPv6 address or range; an IPv4 one otherwise.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The address as a number, most significant bit first; below 2^32 for IPv4.</summary>
    public UInt128 Address { get; }

    /// <summary>How many leading bits name the range: 32 or 128 for a single address.</summary>
    public int PrefixLength { get; }

    /// <inheritdoc/>
    public override string TypeName => "ipaddr";

    /// <summary>Whether the whole range is loopback: within 127.0.0.0/8, or ::1.</summary>
    public bool IsLoopback => IsIPv6 ? Address == UInt128.One && PrefixLength == Bits6 : Address >> 24 == 127 && PrefixLength >= 8;

    /// <summary>Whether the whole range is multicast: within 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => IsIPv6 ? Address >> 120 == 0xff && PrefixLength >= 8 : Address >> 28 == 0xe && PrefixLength >= 4;

    private UInt128 First => Address & ~HostMask;

    private UInt128 Last => Address | HostMask;

    // No host bits is a case of its own: a shift by the full width of 128 is a shift by none.
    private UInt128 HostMask
    {
        get
        {
            var hostBits = (IsIPv6 ? Bits6 : Bits4) - PrefixLength;
            return hostBits == 0 ? UInt128.Zero : UInt128.MaxValue >> (Bits6 - hostBits);
        }
    }

    /// <summary>Whether this whole range lies within <paramref name="other"/>; false for ranges of two families.</summary>
    public bool IsInRange(IpValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsIPv6 == other.IsIPv6 && other.First <= First && Last <= other.Last;
    }

    /// <summary>
    /// Reads an address, or an address and a prefix length after a slash; false otherwise. Numbers have no leading zeros; an IPv4 address
    /// inside an IPv6 one and zone ids are not accepted.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IpValue? value) => IpText.TryParse(text, out value);

    // As for integers: the framework folds halves onto each other, so that addresses could be chosen to collide.
    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine((uint)Address, (uint)(Address >> 32), (uint)(Address >> 64), (uint)(Address >> 96), PrefixLength, IsIPv6);
}
