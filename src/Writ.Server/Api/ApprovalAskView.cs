using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The rule that asks, who may answer it, why it asks, and whether an approval counts only with evidence.</summary>
internal sealed record ApprovalAskView(string Policy, ImmutableArray<string> Approvers, int Quorum, string? Reason, bool EvidenceRequired)
{
    /// <summary>How many people who are here have approved it or could; fewer than the quorum, and it stays refused.</summary>
    public int Able { get; init; }
}
