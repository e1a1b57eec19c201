using System.Collections.Immutable;
using Writ.Governance.Policies.Lifecycle.Canary;

namespace Writ.Server.Api;

/// <summary>Which version decides for which share, and by how many percentage points the rate of which outcome may then differ.</summary>
internal sealed record CanaryBody(
    string Digest, int Percent, CanaryUnit Unit, ImmutableSortedDictionary<string, int> Band, int Minimum = CanaryTerms.DefaultMinimum)
{
    public CanaryTerms Terms => new(Percent, Unit, Band, Minimum);
}
