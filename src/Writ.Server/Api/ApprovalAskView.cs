using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The rule that asks, who may answer it, and why it asks.</summary>
internal sealed record ApprovalAskView(string Policy, ImmutableArray<string> Approvers, int Quorum, string? Reason);
