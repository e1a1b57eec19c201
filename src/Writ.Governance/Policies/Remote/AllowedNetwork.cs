using System.Net;

namespace Writ.Governance.Policies.Remote;

/// <summary>An address or a network, as people allow a host to have it.</summary>
public static class AllowedNetwork
{
    /// <summary>Reads <c>127.0.0.1</c> or <c>10.0.0.0/8</c>.</summary>
    public static bool TryRead(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
