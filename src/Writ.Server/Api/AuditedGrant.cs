using System.Collections.Immutable;
using System.Globalization;
using Writ.Governance.Auditing;

namespace Writ.Server.Api;

/// <summary>How one grant was used; amounts are plain decimals.</summary>
internal sealed record AuditedGrant(
    string Grant, string? GrantedBy, DateTimeOffset? GrantedAt, DateTimeOffset? LastUsed, int DaysUsed, long Calls, string? LeastAmount, string? MostAmount,
    ImmutableArray<string> ToolsUsed, ImmutableArray<GrantFinding> Findings, DateTimeOffset? LeavesAt)
{
    public static AuditedGrant Of(GrantUse use) => new(
        use.Grant.ToString(), use.Origin?.By?.ToString(), use.Origin?.At, use.LastUsed, use.Days, use.Calls, Plain(use.LeastAmount), Plain(use.MostAmount), use.Tools, use.Findings, use.Origin?.LeavesAt);

    private static string? Plain(decimal? amount) => amount?.ToString("0.#########", CultureInfo.InvariantCulture);
}
