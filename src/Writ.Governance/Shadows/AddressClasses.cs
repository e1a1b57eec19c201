using System.Net;

namespace Writ.Governance.Shadows;

/// <summary>Says where addresses lie, and which count as one sender.</summary>
internal static class AddressClasses
{
    private static readonly IPNetwork[] Unrouted =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    public static AddressClass Of(IPAddress? address) =>
        address is null ? AddressClass.Unknown
        : IPAddress.IsLoopback(address) ? AddressClass.Loopback
        : Unrouted.Any(network => network.Contains(Plain(address))) ? AddressClass.Private
        : AddressClass.Public;

    /// <summary>The address; of IPv6 the /64 alone, of which one sender has all.</summary>
    public static string SenderOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        var plain = Plain(address);
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 ? 8 : bytes.Length));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
