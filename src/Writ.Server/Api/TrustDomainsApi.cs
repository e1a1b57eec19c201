using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary><c>/v1/trust-domains</c>: the organization's own authorities, and the other domains whose ids it believes. The own bundle is for anyone.</summary>
internal sealed class TrustDomainsApi(ControlService controls, RegistryHolder registry, AuthorityKeys authorities, TrustDomainNames names, TimeProvider time)
{
    public void Map(RouteGroupBuilder people, RouteGroupBuilder anyone)
    {
        people.MapGet("/trust-domains", (HttpContext http) => Show(http, 200));
        people.MapPost("/trust-domains", ImportAsync).WithMetadata(BodyLimit.Lists);
        people.MapPost("/trust-domains/{domain}/remove", RemoveAsync);
        people.MapPost("/trust-domains/authorities", (Delegate)AddAsync);
        people.MapPost("/trust-domains/authorities/{thumbprint}/retire", RetireAsync);
        anyone.MapGet("/o/{organization}/bundle", Bundle);
    }

    private async Task<IResult> AddAsync(HttpContext http)
    {
        var caller = http.Person();
        // No key is made for who may not have one; the control bundle decides below.
        if (!caller.Person.Has(PersonCapability.Security))
            return Problem.Of(ApiError.NotAllowed, "An authority is for security to add.").ToResult();
        var (made, fault) = authorities.Make(caller.Organization.Id);
        if (made is null)
            return Problem.Of(ApiError.AuthorityUnusable, fault!.Message).ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.TrustDomains.Authorities.Length >= TrustedDomains.MostAuthorities
                ? ControlPlan.Refuse($"An organization has had at most {TrustedDomains.MostAuthorities} authorities.")
                : ControlPlan.Take(new TrustAuthorityAdded(Convert.ToBase64String(made.Svids.Root.Span), Encoding.UTF8.GetString(made.Tokens.PublicKey.ToJson()))),
            CancellationToken.None); // there is a key file now: it is recorded or discarded
        if (outcome is not ControlOutcome.Done)
            authorities.Discard(made);
        return outcome.Error() ?? Show(http, 201);
    }

    private async Task<IResult> RetireAsync(HttpContext http, string thumbprint, ReasonBody body) =>
        await RestrictAsync(http, body, state => state.TrustDomains.Authorities.Any(one => one.Thumbprint == thumbprint && !one.Retired)
            ? ControlPlan.Take(new TrustAuthorityRetired(thumbprint, body.Reason))
            : ControlPlan.Refuse("There is no such authority that stands."));

    private async Task<IResult> RemoveAsync(HttpContext http, string domain, ReasonBody body) =>
        await RestrictAsync(http, body, state => state.TrustDomains.Foreign.ContainsKey(domain) || state.TrustDomains.Proposals.ContainsKey(domain)
            ? ControlPlan.Take(new TrustDomainRemoved(domain, body.Reason))
            : ControlPlan.Refuse("That trust domain was never imported."));

    private async Task<IResult> RestrictAsync(HttpContext http, ReasonBody body, Func<OrganizationState, ControlPlan> plan)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), http.RequestAborted);
        return outcome.Error() ?? Show(http, 200);
    }

    /// <summary>The first person's call proposes a bundle; the same bundle from a second person imports it.</summary>
    private async Task<IResult> ImportAsync(HttpContext http, TrustDomainBody body)
    {
        var text = body.Bundle.GetRawText();
        if (!SpiffeId.TryParse("spiffe://" + body.Domain, out var id, out _) || !id.Path.IsEmpty)
            return Problem.Of(ApiError.Malformed, "domain: a trust domain such as partner.example").ToResult();
        if (names.IsOurs(body.Domain))
            return Problem.Of(ApiError.Malformed, $"domain: {body.Domain} is of this installation; only its own authorities vouch for it").ToResult();
        if (text.Length > TrustedDomains.MaxBundle)
            return Problem.Of(ApiError.Malformed, $"bundle: at most {TrustedDomains.MaxBundle} characters").ToResult();
        if (TrustDomainChanges.Read(text, out var wrong) is null)
            return Problem.Of(ApiError.Malformed, $"bundle: {wrong}").ToResult();
        var caller = http.Person();
        var digest = Crypto.Hashing.Hash256.Of(Encoding.UTF8.GetBytes(text)).ToHex();
        ConfirmationObstacle? obstacle = null;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => Lifting.Plan(
                state!, state!.TrustDomains.Proposals.GetValueOrDefault(body.Domain) is { } standing && standing.Digest == digest ? (standing.By, standing.At) : null,
                new TrustDomainProposed(body.Domain, text), new TrustDomainImported(body.Domain, digest), caller.Person.Id, time.GetUtcNow(), out obstacle),
            http.RequestAborted);
        if (obstacle is not null)
            return (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult();
        return outcome.Error() ?? Show(http, registry.Current.Organizations[caller.Organization.Id].TrustDomains.Proposals.ContainsKey(body.Domain) ? 202 : 200);
    }

    /// <summary>The bundle of an organization's own domain (SPIFFE Federation section 5, profile https_web). What it says is public by its nature.</summary>
    private IResult Bundle(string organization)
    {
        if (!OrganizationId.TryParse(organization, null, out var id) || registry.Current.Organizations.GetValueOrDefault(id)?.TrustDomains is not { Signing: not null } domains)
            return Problem.Of(ApiError.NotFound, "There is no such bundle.").ToResult();
        return Results.Bytes(BundleText.Of(domains), "application/json");
    }

    private IResult Show(HttpContext http, int status)
    {
        var organization = registry.Current.Organizations[http.Person().Organization.Id];
        return Results.Json(TrustDomainView.Of(names.Of(organization.Id), organization.TrustDomains), StrictJson.Options, statusCode: status);
    }
}
