using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>Revokes a passkey of which somebody has a copy, at once: neither of the two is believed any more.</summary>
internal sealed class CopiedPasskeys(ControlService controls)
{
    public const string Reason = "its counter went back: somebody has a copy of it";

    public Task RevokeAsync(OrganizationId organization, Passkey passkey) => controls.TakeAsync(
        organization, null, Presence.Installation,
        state => state!.Passkeys.ContainsKey(passkey.Id) ? ControlPlan.Take(new PasskeyRevoked(passkey.Person, passkey.Id, Reason)) : ControlPlan.Refuse("it is revoked already"),
        CancellationToken.None);
}
