namespace Writ.Governance.Trust;

/// <summary>What a trust score is called; each tier begins at the score that its value names.</summary>
public enum TrustTier
{
    /// <summary>Below 200: the floor of every installation lets it read and nothing else.</summary>
    Untrusted = 0,

    /// <summary>From 200.</summary>
    Limited = 200,

    /// <summary>From 400. New agents stand here, at 500.</summary>
    Standard = 400,

    /// <summary>From 600.</summary>
    Trusted = 600,

    /// <summary>From 800.</summary>
    Proven = 800,
}
