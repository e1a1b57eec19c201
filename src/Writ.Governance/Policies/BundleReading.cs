using System.Collections.Immutable;

namespace Writ.Governance.Policies;

/// <summary>What came of reading a bundle folder.</summary>
public abstract record BundleReading
{
    private BundleReading()
    {
    }

    public sealed record Read(BundleArchive Archive) : BundleReading;

    public sealed record Refused(ImmutableArray<PolicyProblem> Problems) : BundleReading;
}
