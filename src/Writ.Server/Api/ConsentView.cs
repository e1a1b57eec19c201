using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Who may ask an agent to work, or copy it, besides its owners, for which skills, offered and accepted by whom, and until when.</summary>
internal sealed record ConsentView(
    Guid Id, InvokeParty Who, AgentRight Right, ImmutableArray<string> Skills, string? By, DateTimeOffset At, DateTimeOffset ExpiresAt, string? AcceptedBy)
{
    public static ConsentView Of(InvokeConsent consent) =>
        new(consent.Id, consent.Who, consent.Right, consent.Skills, consent.By?.ToString(), consent.At, consent.ExpiresAt, consent.AcceptedBy?.ToString());
}
