namespace Writ.Governance.Credentials;

/// <summary>How much a credential proves: the words that facts, policies and records use. They never change their meaning.</summary>
public static class Assurances
{
    /// <summary>A secret that whoever has copied it can use: an API key.</summary>
    public const string Low = "low";

    /// <summary>A signed token of minutes for one audience: a JWT-SVID, or an access token whose key is proved for each request.</summary>
    public const string Substantial = "substantial";

    /// <summary>A key that never leaves its holder, proved on this very connection or for this very request: an X.509-SVID over mutual TLS, or a DID that signed the request.</summary>
    public const string High = "high";
}
