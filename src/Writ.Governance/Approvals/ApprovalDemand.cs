using System.Collections.Immutable;
using Writ.Crypto.Hashing;

namespace Writ.Governance.Approvals;

/// <summary>What a held action waits for.</summary>
/// <param name="Binding">The one action that an approval of this would let through.</param>
/// <param name="Asks">Every forbid that asks; all have to be discharged.</param>
public sealed record ApprovalDemand(Hash256 Binding, ImmutableArray<ApprovalAsk> Asks)
{
    /// <summary>The earliest of the deadlines.</summary>
    public TimeSpan Within => Asks.Min(ask => ask.Within);
}
