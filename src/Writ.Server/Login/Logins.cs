using Microsoft.AspNetCore.Http;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Identity.Tokens;

namespace Writ.Server.Login;

/// <summary>Begins and ends sessions. Each login is a fresh secret, and ends the session the browser came with: none can be planted.</summary>
internal sealed class Logins(ControlService controls, CredentialIssuer credentials, Authenticator authenticator)
{
    /// <summary>Logs a person in and sets the cookie; why not, where the record cannot be made.</summary>
    /// <param name="http">The browser.</param>
    /// <param name="organization">Where.</param>
    /// <param name="person">Who.</param>
    /// <param name="presence">By what proof.</param>
    /// <param name="with">What the record says of the proof.</param>
    public async Task<ControlOutcome> StartAsync(HttpContext http, OrganizationId organization, PersonId person, PersonPresence presence, Func<SessionStarted, SessionStarted> with)
    {
        var issued = credentials.Issue(TokenKind.Session, SessionUses.Life);
        var before = authenticator.AuthenticateSession(SessionCookie.Of(http.Request));
        var started = with(new SessionStarted(person, issued.KeyId, issued.SecretHash, issued.ExpiresAt));
        var outcome = await controls.TakeAsync(organization, person, presence, _ => ControlPlan.Take(started), http.RequestAborted);
        if (outcome is not ControlOutcome.Done)
            return outcome;
        if (before is not null)
            await EndAsync(before, before.Person.Id, before.KeyId, "another login took its place");
        SessionCookie.Set(http.Response, issued.Token);
        return outcome;
    }

    /// <summary>Ends a session of a person; one that is over already is as good.</summary>
    public Task<ControlOutcome> EndAsync(Caller.PersonCaller by, PersonId person, string keyId, string reason) => controls.TakeAsync(
        by.Organization.Id, by.Person.Id, by.Presence,
        state => state!.Sessions.TryGetValue(keyId, out var session) && session.Person == person
            ? ControlPlan.Take(new SessionEnded(person, keyId, reason))
            : ControlPlan.Refuse("There is no such session."),
        CancellationToken.None);

    /// <summary>Ends a session because whoever vouched for it says so.</summary>
    public Task<ControlOutcome> EndAsync(OrganizationId organization, PersonSession session, string reason) => controls.TakeAsync(
        organization, null, Presence.Installation,
        state => state!.Sessions.ContainsKey(session.KeyId) ? ControlPlan.Take(new SessionEnded(session.Person, session.KeyId, reason)) : ControlPlan.Refuse("There is no such session."),
        CancellationToken.None);
}
