using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Admission;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Api;

namespace Writ.Server.OpenId;

/// <summary>
/// <c>/o/{organization}/login/…</c>: logins by OpenID providers, and <c>/v1/openid-providers</c>: which are believed and who is linked to which
/// account. All refusals of a login look the same; a login goes on at one fixed page, wherever it came from.
/// </summary>
internal sealed class OpenIdApi(ControlService controls, RegistryHolder registry, OpenIdLogins logins, AdmissionControl admission)
{
    public void MapAnyone(RouteGroupBuilder anyone)
    {
        anyone.MapGet("/o/{organization}/login", (string organization) => Results.Json(new ProviderNames(
            OrganizationId.TryParse(organization, null, out var id) && registry.Current.Organizations.TryGetValue(id, out var state) ? [.. state.OpenIdProviders.Keys] : []), StrictJson.Options));
        anyone.MapGet("/o/{organization}/login/{provider}", (Delegate)BeginAsync);
        anyone.MapGet("/o/{organization}/login/{provider}/callback", (Delegate)ReturnAsync);
        anyone.MapPost("/o/{organization}/login/{provider}/logout", (Delegate)LogOutAsync);
    }

    public void MapPeople(RouteGroupBuilder people)
    {
        people.MapGet("/openid-providers", (HttpContext http) => List(http));
        people.MapPost("/openid-providers", (HttpContext http, OpenIdProvider body) =>
            body.Problem is { } problem ? Task.FromResult(Problem.Of(ApiError.Malformed, problem).ToResult()) : TakeAsync(http, _ => ControlPlan.Take(new OpenIdProviderRegistered(body)), 201));
        people.MapPost("/openid-providers/{name}/remove", (HttpContext http, string name, ReasonBody body) =>
            body.Reason.Length is 0 or > 500 ? Task.FromResult(NoReason()) : TakeAsync(http, _ => ControlPlan.Take(new OpenIdProviderRemoved(name, body.Reason)), 200));
        people.MapPost("/people/{person}/links", (HttpContext http, string person, LinkBody body) => LinkAsync(http, person, body));
        people.MapPost("/people/{person}/links/remove", (HttpContext http, string person, LinkBody body) => UnlinkAsync(http, person, body));
    }

    private async Task<IResult> BeginAsync(HttpContext http, string organization, string provider)
    {
        if (!MayEnter(http))
            return Refuse("login-rate");
        return OrganizationId.TryParse(organization, null, out var id) && await logins.BeginAsync(http, id, provider) is { } address
            ? Results.Redirect(address)
            : Refuse("login-openid-provider");
    }

    private async Task<IResult> ReturnAsync(HttpContext http, string organization, string provider)
    {
        if (!MayEnter(http))
            return Refuse("login-rate");
        var cause = OrganizationId.TryParse(organization, null, out var id) ? await logins.ReturnAsync(http, id, provider) : "login-openid-state";
        return cause is null ? Results.Redirect("/confirm") : Refuse(cause);
    }

    private async Task<IResult> LogOutAsync(HttpContext http, string organization, string provider)
    {
        if (!MayEnter(http) || !http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var token = (await http.Request.ReadFormAsync(http.RequestAborted))["logout_token"];
        return token is [{ } text] && OrganizationId.TryParse(organization, null, out var id) && await logins.LogOutAsync(http, id, provider, text)
            ? Results.Ok()
            : Results.StatusCode(StatusCodes.Status400BadRequest);
    }

    private Task<IResult> LinkAsync(HttpContext http, string person, LinkBody body) => TakeAsync(
        http,
        state => Account(state, person, body) is var (known, subject) ? ControlPlan.Take(new PersonLinked(known, body.Provider, subject)) : NoAccount(), 201);

    private Task<IResult> UnlinkAsync(HttpContext http, string person, LinkBody body) => TakeAsync(
        http,
        state => Account(state, person, body) is var (known, subject) ? ControlPlan.Take(new PersonUnlinked(known, body.Provider, subject, body.Reason ?? "unlinked")) : NoAccount(), 200);

    private static (PersonId Person, string Subject)? Account(OrganizationState state, string person, LinkBody body) =>
        PersonId.TryParse(person, null, out var known) && state.IsLive(known) && state.OpenIdProviders.TryGetValue(body.Provider, out var provider)
            && body.Subject.Length is > 0 and <= OpenIdSubject.MaxLength && body.Reason is not { Length: > 500 }
            ? (known, OpenIdSubject.Digest(provider.Issuer, body.Subject))
            : null;

    private static ControlPlan NoAccount() => ControlPlan.Refuse($"provider: one that is registered; subject: the account's 'sub', 1 to {OpenIdSubject.MaxLength} characters; the person: one there is.");

    private static IResult NoReason() => Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();

    private async Task<IResult> TakeAsync(HttpContext http, Func<OrganizationState, ControlPlan> plan, int status)
    {
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), http.RequestAborted);
        return outcome.Error() ?? List(http, status);
    }

    private IResult List(HttpContext http, int status = 200) =>
        Results.Json(new ProviderList([.. registry.Current.Organizations[http.Person().Organization.Id].OpenIdProviders.Values]), StrictJson.Options, statusCode: status);

    private IResult Refuse(string cause)
    {
        admission.CountRefusedProof(null, null, cause);
        return Results.Redirect("/login#refused");
    }

    private bool MayEnter(HttpContext http) => admission.TryEnterLogin(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
}
