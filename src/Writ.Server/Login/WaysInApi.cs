using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;
using Writ.Server.Api;

namespace Writ.Server.Login;

/// <summary>
/// <c>/v1/people/{person}/…</c>: invitations, passkeys and sessions. Everybody looks after their own; security invites others, and security
/// or platform take away.
/// </summary>
internal sealed class WaysInApi(ControlService controls, RegistryHolder registry, CredentialIssuer credentials, Func<Uri> address, TimeProvider time)
{
    /// <summary>How long an enrolment token waits.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromHours(24);

    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/people/{person}/invite", InviteAsync);
        people.MapGet("/people/{person}/invitations", (HttpContext http, string person) => Show(http, person, Waiting));
        people.MapDelete("/people/{person}/invitations/{id}", (HttpContext http, string person, string id, string? reason) => TakeAsync(
            http, person, new ReasonBody(reason ?? "not wanted any more"),
            (state, known) => state.Invitations.GetValueOrDefault(id) is { Used: false } waiting && waiting.Person == known
                ? ControlPlan.Take(new PasskeyInvitationRevoked(known, id, reason ?? "not wanted any more"))
                : ControlPlan.Refuse("There is no such invitation that waits.", new PasskeyInvitationRevoked(known, id, "")), Waiting));
        people.MapGet("/people/{person}/login", (HttpContext http, string person) => Show(http, person, WaysIn));
        people.MapPost("/people/{person}/passkeys/{id}/revoke", (HttpContext http, string person, string id, ReasonBody body) => TakeAsync(
            http, person, body,
            (state, known) => state.Passkeys.GetValueOrDefault(id)?.Person == known
                ? ControlPlan.Take(new PasskeyRevoked(known, id, body.Reason))
                : ControlPlan.Refuse("There is no such passkey.", new PasskeyRevoked(known, id, body.Reason))));
        people.MapPost("/people/{person}/sessions/end", (HttpContext http, string person, ReasonBody body) => TakeAsync(
            http, person, body,
            (state, known) =>
            {
                SessionEnded[] over = [.. state.Sessions.Values.Where(s => s.Person == known).Select(s => new SessionEnded(known, s.KeyId, body.Reason))];
                return over.Length > 0 ? ControlPlan.Take(over) : ControlPlan.Refuse("There is no session.", new SessionEnded(known, "", body.Reason));
            }));
    }

    private async Task<IResult> InviteAsync(HttpContext http, string person)
    {
        var caller = http.Person();
        if (!PersonId.TryParse(person, null, out var known) || !caller.Organization.IsLive(known))
            return NotFound();
        var token = credentials.Issue(TokenKind.EnrolmentToken, InvitationLife);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            _ => ControlPlan.Take(new PasskeyInvited(known, token.KeyId, token.SecretHash, token.ExpiresAt)), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new InvitationAnswer(token.Token, EnrolmentLink.To(address(), token.Token).ToString(), token.ExpiresAt), StrictJson.Options, statusCode: 201);
    }

    private IResult Show(HttpContext http, string person, Func<OrganizationState, PersonId, IResult> view)
    {
        var caller = http.Person();
        var own = caller.Person.Id.ToString() == person;
        if (!own && !caller.Person.Has(PersonCapability.Security) && !caller.Person.Has(PersonCapability.Platform))
            return Problem.Of(ApiError.NotAllowed, "Passkeys and sessions of others are for security and platform.").ToResult();
        return PersonId.TryParse(person, null, out var known) && caller.Organization.People.ContainsKey(known)
            ? view(registry.Current.Organizations[caller.Organization.Id], known)
            : NotFound();
    }

    private async Task<IResult> TakeAsync(HttpContext http, string person, ReasonBody body, Func<OrganizationState, PersonId, ControlPlan> plan, Func<OrganizationState, PersonId, IResult>? view = null)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        if (!PersonId.TryParse(person, null, out var known) || !caller.Organization.People.ContainsKey(known))
            return NotFound();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!, known), http.RequestAborted);
        return outcome.Error() ?? (view ?? WaysIn)(registry.Current.Organizations[caller.Organization.Id], known);
    }

    private static IResult WaysIn(OrganizationState state, PersonId person) => Results.Json(WaysInView.Of(state, person), StrictJson.Options);

    private IResult Waiting(OrganizationState state, PersonId person) => Results.Json(InvitationList.Of(state, person, time.GetUtcNow()), StrictJson.Options);

    private static IResult NotFound() => Problem.Of(ApiError.NotFound, "There is no such person.").ToResult();
}
