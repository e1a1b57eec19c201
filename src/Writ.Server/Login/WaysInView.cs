using System.Collections.Immutable;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Login;

/// <summary>The passkeys and sessions of a person.</summary>
internal sealed record WaysInView(string Person, bool ProvesPresence, ImmutableArray<PasskeyView> Passkeys, ImmutableArray<SessionView> Sessions)
{
    public static WaysInView Of(OrganizationState state, PersonId person) => new(
        person.ToString(), state.People[person].ProvesPresence,
        [.. state.Passkeys.Values.Where(p => p.Person == person).OrderBy(p => p.RegisteredAt).Select(p => new PasskeyView(p.Id, p.Label, p.RegisteredAt, p.SignCount, p.BackupEligible))],
        [.. state.Sessions.Values.Where(s => s.Person == person).OrderBy(s => s.StartedAt).Select(s => new SessionView(s.KeyId, s.StartedAt, s.ExpiresAt, s.Passkey))]);
}
