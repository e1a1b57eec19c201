using Writ.Governance.Holds;

namespace Writ.Server.Api;

/// <summary>A legal hold as people see it.</summary>
internal sealed record HoldView(string Name, string Reason, string? Subject, string PlacedBy, DateTimeOffset PlacedAt, string? LiftProposedBy)
{
    public static HoldView Of(LegalHold hold) => new(hold.Name, hold.Reason, hold.Subject, hold.By.ToString(), hold.At, hold.Lift?.By.ToString());
}
