using Writ.Cedar.Policies;

namespace Writ.Governance.Policies.Publishing;

/// <summary>
/// What follows from the form of outcomes alone: without a new permit, and with every forbid that was there, nothing is looser. It takes
/// one pass, so that also a bundle too large to be compared call by call can be tightened by one person.
/// </summary>
internal static class Monotony
{
    /// <summary>Whether one set of bundles cannot be looser than another.</summary>
    /// <param name="after">The bundles that would decide.</param>
    /// <param name="before">The bundles that decide now.</param>
    /// <param name="rules">How many rules both have together.</param>
    public static bool Proves(IEnumerable<BundleArchive> after, IEnumerable<BundleArchive> before, out int rules)
    {
        var (now, then) = (Rules(after), Rules(before));
        rules = now.Length + then.Length;
        var forbids = now.Where(rule => rule.Policy.Effect == Effect.Forbid).Select(Key).ToHashSet();
        var permits = then.Where(rule => rule.Policy.Effect == Effect.Permit).Select(Key).ToHashSet();
        return then.Where(rule => rule.Policy.Effect == Effect.Forbid).All(rule => forbids.Contains(Key(rule)))
            && now.Where(rule => rule.Policy.Effect == Effect.Permit).All(rule => permits.Contains(Key(rule)));
    }

    // Compiled together, so that for whom a bundle holds and what others delegate to it stands in the rules themselves.
    private static RuledPolicy[] Rules(IEnumerable<BundleArchive> bundles) => [.. BundleCompilation.Of(bundles).SelectMany(bundle => bundle.Policies)];

    // The annotations say how a forbid is lifted; the kind says whether the bundle's tier lets them. What is no forbid is lifted by nothing.
    private static (PolicyBody Body, Type Discharge) Key(RuledPolicy rule) => (rule.Policy.Body, rule.Discharge.GetType());
}
