using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Approvals;

namespace Writ.Server.Api;

/// <summary>A request for approval as people see it: facts first; what the agent wrote stands apart, in <c>arguments</c>.</summary>
internal sealed record ApprovalView
{
    public required ApprovalId Id { get; init; }

    public required string Decision { get; init; }

    public required ApprovalAgent Agent { get; init; }

    public required string Action { get; init; }

    public string? Effect { get; init; }

    public bool? Reversible { get; init; }

    public required ImmutableArray<ApprovalAskView> Asks { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string State { get; init; }

    public required string OnNoAnswer { get; init; }

    public string? Task { get; init; }

    /// <summary>What the agent wrote, unsealed for this view; absent in lists.</summary>
    public JsonElement? Arguments { get; init; }

    public bool Solo { get; init; }

    /// <summary>The digest of all that is shown here, for the answer to name; absent in lists.</summary>
    public string? Shown { get; init; }
}
