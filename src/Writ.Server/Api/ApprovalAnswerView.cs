using Writ.Governance.Approvals;

namespace Writ.Server.Api;

/// <summary>Where a request stands after an answer.</summary>
/// <param name="Id">The request.</param>
/// <param name="State">Its state.</param>
/// <param name="EvidenceDigest">SHA-256 of the evidence that was attached, in hex; absent where none was.</param>
internal sealed record ApprovalAnswerView(ApprovalId Id, string State, string? EvidenceDigest);
