using Writ.Identity.Spiffe;

namespace Writ.Gateways.Credentials;

/// <summary>What the client of a connection proved when it was made. One for each connection, set before its first request.</summary>
public sealed class ClientSvid
{
    /// <summary>The SVID; null where the client showed no certificate.</summary>
    public X509Svid? Svid { get; set; }
}
