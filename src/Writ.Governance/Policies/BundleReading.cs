using System.Collections.Immutable;
using Writ.Governance.Policies.Signing;

namespace Writ.Governance.Policies;

/// <summary>What came of reading a bundle folder.</summary>
public abstract record BundleReading
{
    private BundleReading()
    {
    }

    public sealed record Read(BundleArchive Archive) : BundleReading
    {
        /// <summary>The signature that lies beside it; null where none does.</summary>
        public BundleSignature? Signature { get; init; }
    }

    public sealed record Refused(ImmutableArray<PolicyProblem> Problems) : BundleReading;
}
