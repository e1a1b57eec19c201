namespace Writ.Governance.Trust;

/// <summary>The tiers of scores.</summary>
public static class TrustTiers
{
    /// <summary>The tier of a score, 0 to 1000.</summary>
    public static TrustTier Of(int score) => score switch
    {
        >= (int)TrustTier.Proven => TrustTier.Proven,
        >= (int)TrustTier.Trusted => TrustTier.Trusted,
        >= (int)TrustTier.Standard => TrustTier.Standard,
        >= (int)TrustTier.Limited => TrustTier.Limited,
        _ => TrustTier.Untrusted,
    };

    public static string Word(this TrustTier tier) => tier switch
    {
        TrustTier.Untrusted => "untrusted",
        TrustTier.Limited => "limited",
        TrustTier.Standard => "standard",
        TrustTier.Trusted => "trusted",
        TrustTier.Proven => "proven",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };
}
