using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>Who may ask an agent to work besides its owners, offered and accepted by whom, and until when.</summary>
internal sealed record ConsentView(Guid Id, InvokeParty Who, string? By, DateTimeOffset At, DateTimeOffset ExpiresAt, string? AcceptedBy)
{
    public static ConsentView Of(InvokeConsent consent) => new(consent.Id, consent.Who, consent.By?.ToString(), consent.At, consent.ExpiresAt, consent.AcceptedBy?.ToString());
}
