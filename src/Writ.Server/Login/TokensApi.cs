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

/// <summary><c>/v1/people/{person}/tokens</c>: tokens for programs, limited and with an end. Everybody's own; security revokes those of others.</summary>
internal sealed class TokensApi(ControlService controls, RegistryHolder registry, CredentialIssuer credentials, Authenticator authenticator, TimeProvider time)
{
    /// <summary>The longest life of a token, in days.</summary>
    public const int MostDays = 365;

    private const int MaxLabel = 64;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/people/{person}/tokens", List);
        people.MapPost("/people/{person}/tokens", IssueAsync);
        people.MapPost("/people/{person}/tokens/{id}/revoke", RevokeAsync);
    }

    private IResult List(HttpContext http, string person)
    {
        var caller = http.Person();
        if (caller.Person.Id.ToString() != person && !caller.Person.Has(PersonCapability.Security) && !caller.Person.Has(PersonCapability.Platform))
            return Problem.Of(ApiError.NotAllowed, "Tokens of others are for security and platform.").ToResult();
        var now = time.GetUtcNow();
        return Results.Json(
            new TokenList([.. registry.Current.Organizations[caller.Organization.Id].PersonTokens.Values.Where(t => t.Person.ToString() == person && !(t.ExpiresAt <= now))
                .OrderBy(t => t.KeyId, StringComparer.Ordinal).Select(t => TokenView.Of(t, authenticator.LastUse(t.KeyId)))]), StrictJson.Options);
    }

    private async Task<IResult> IssueAsync(HttpContext http, string person, TokenBody body)
    {
        var caller = http.Person();
        if (caller.Person.Id.ToString() != person)
            return Problem.Of(ApiError.NotAllowed, "A token is issued to whoever asks for it, and to nobody else.").ToResult();
        if (body.Label.Length is 0 or > MaxLabel || body.Label.Any(char.IsControl) || body.Days is < 1 or > MostDays)
            return Problem.Of(ApiError.Malformed, $"label: 1 to {MaxLabel} characters; days: 1 to {MostDays}").ToResult();
        TokenScope? scope = body.Capabilities is null && !body.ReadOnly ? null : new TokenScope([.. (body.Capabilities ?? [.. Enum.GetValues<PersonCapability>()]).Distinct()], body.ReadOnly);
        if (caller.Presence.Scope is { } limit && scope?.IsWithin(limit) != true)
            return Problem.Of(ApiError.BeyondScope, "A token issues none that goes further than itself.").ToResult();
        // A token issues none that ends later than itself.
        var life = TimeSpan.FromDays(body.Days);
        if (caller.Organization.PersonTokens.GetValueOrDefault(caller.KeyId)?.ExpiresAt - time.GetUtcNow() is { } left && left < life)
            life = left;
        var token = credentials.Issue(TokenKind.PersonToken, life);
        var issued = new PersonTokenIssued(caller.Person.Id, token.KeyId, token.SecretHash, Presence.StoredToken) { ExpiresAt = token.ExpiresAt, Scope = scope, Label = body.Label };
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(issued), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new TokenAnswer(TokenView.Of(registry.Current.Organizations[caller.Organization.Id].PersonTokens[token.KeyId], null), token.Token), StrictJson.Options, statusCode: 201);
    }

    private async Task<IResult> RevokeAsync(HttpContext http, string person, string id, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.PersonTokens.TryGetValue(id, out var token) && token.Person.ToString() == person
                ? ControlPlan.Take(new PersonTokenRevoked(token.Person, id, body.Reason))
                : ControlPlan.Refuse("There is no such token."),
            http.RequestAborted);
        return outcome.Error() ?? List(http, person);
    }
}
