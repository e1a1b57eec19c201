using System.Collections.Immutable;
using Writ.Governance.Decisions;
using Writ.Governance.Policies.Lifecycle.Shadow;

namespace Writ.Server.Api;

/// <summary>Decisions that had one outcome and would have another; the same twice where limits, approvers or the remedy differ.</summary>
internal sealed record DisagreementView(string Decided, string Candidate, long Count, bool Looser, ImmutableArray<ShadowExample> Newest)
{
    public static DisagreementView Of(ShadowDisagreement found) =>
        new(found.Decided.Word(), found.Candidate.Word(), found.Count, found.IsLooser, found.Newest);
}
