using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.OAuth;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Identity.OAuth;
using Writ.Identity.Spiffe;
using Writ.Server.Installation;

namespace Writ.Server.OAuth;

/// <summary>
/// The token endpoint of an organization: gives an agent's client an access token of minutes that is bound to a key, for no more than the agent was
/// given. Nothing of it is kept: whether a token still counts follows from the registry at every call.
/// </summary>
internal sealed class TokenEndpoint(
    RegistryHolder registry, OAuthIssuers issuers, OAuthClients clients, UserTokens users, CredentialStatuses statuses, AuthorityKeys authorities, TrustDomainNames names, AdmissionControl admission, TimeProvider time)
{
    public const string ClientCredentials = "client_credentials";
    public const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    private const string TokenTypes = "urn:ietf:params:oauth:token-type:";
    private const string AccessTokenType = TokenTypes + "access_token";

    public async Task<IResult> AnswerAsync(HttpContext http, string organization)
    {
        if (await TokenRequest.ReadAsync(http) is not { } request)
            return Refuse(http, OAuthRefusal.Of(OAuthError.InvalidRequest, "The body is application/x-www-form-urlencoded, with each parameter once."));
        var state = OrganizationId.TryParse(organization, null, out var id) ? registry.Current.Organizations.GetValueOrDefault(id) : null;
        var (client, refusal) = clients.Find(http, request, state);
        if (client is null)
            return Refuse(http, refusal!);
        using var pass = admission.TryEnter(state!.Id, client.Credential.Id);
        if (pass is null)
            return OAuthRefusal.Of(OAuthError.TooMany, "This client or its organization asks too much at once.").ToResult();
        if (client.Agent.Lifecycle != AgentLifecycle.Active)
            return OAuthRefusal.Of(OAuthError.Unauthorized, "Only an active agent gets tokens.").ToResult();
        return request.GrantType switch
        {
            ClientCredentials => Grant(state, client, request, null, default),
            Exchange => await ExchangeAsync(http, state, client, request),
            null => OAuthRefusal.Of(OAuthError.InvalidRequest, "grant_type is missing.").ToResult(),
            _ => OAuthRefusal.Of(OAuthError.UnsupportedGrant, $"grant_type is {ClientCredentials} or {Exchange}.").ToResult(),
        };
    }

    /// <summary>
    /// Token exchange (RFC 8693): a user's token of a registered user issuer becomes a token of the client's agent that says for whom it acts. It
    /// gives the agent nothing that it was not given itself.
    /// </summary>
    private async Task<IResult> ExchangeAsync(HttpContext http, OrganizationState state, TokenClient client, TokenRequest request)
    {
        if (request["actor_token"] is not null || request["actor_token_type"] is not null)
            return OAuthRefusal.Of(OAuthError.InvalidRequest, "The actor is the client's agent: actor_token is not taken.").ToResult();
        if (request["requested_token_type"] is not (null or AccessTokenType))
            return OAuthRefusal.Of(OAuthError.InvalidRequest, $"requested_token_type is {AccessTokenType}.").ToResult();
        if (request["audience"] is { } audience && audience != issuers.Origin)
            return OAuthRefusal.Of(OAuthError.InvalidTarget, $"audience is {issuers.Origin}; resource says more.").ToResult();
        if (request["subject_token"] is not { } subject || request["subject_token_type"] is not (TokenTypes + "id_token" or AccessTokenType or TokenTypes + "jwt"))
            return OAuthRefusal.Of(OAuthError.InvalidRequest, "subject_token is a token of the user, subject_token_type says of which kind: id_token, access_token or jwt.").ToResult();
        return await users.VerifyAsync(state.Id, client.Agent.Id, client.Credential.Id, subject, http.RequestAborted) is var (user, prior)
            ? Grant(state, client, request, user, prior)
            : OAuthRefusal.Of(OAuthError.InvalidGrant, "The user's token was not accepted.").ToResult();
    }

    private IResult Grant(OrganizationState state, TokenClient client, TokenRequest request, AccessUser? user, JsonElement prior)
    {
        if (request["scope"] is { } scope && AccessScope.Obstacle(scope, client.Agent) is { } obstacle)
            return OAuthRefusal.Of(OAuthError.InvalidScope, obstacle).ToResult();
        if (request["resource"] is { } resource && !issuers.IsResource(resource))
            return OAuthRefusal.Of(OAuthError.InvalidTarget, $"resource is {issuers.Origin}, or an address below it.").ToResult();
        var (authority, fault) = authorities.Signing(state);
        if (authority is null)
        {
            return OAuthRefusal.Of(OAuthError.Unavailable, fault is null
                ? "The organization has no authority: somebody of security adds one, POST /v1/trust-domains/authorities."
                : "The keys of the authority cannot be read: the server's log says why.").ToResult();
        }

        var token = new AccessToken
        {
            Issuer = issuers.Of(state.Id),
            Agent = SpiffeId.ForAgent(names.Of(state.Id), client.Agent.Id.Value).ToString(),
            Client = client.Credential.Id,
            Audience = request["resource"] ?? issuers.Origin,
            Scope = request["scope"],
            KeyThumbprint = client.KeyThumbprint,
            CertificateThumbprint = client.CertificateThumbprint,
            User = user,
            Status = statuses.Of(state.Id, client.Credential),
            PriorActor = prior,
        };
        var (text, _) = AccessTokens.Issue(authority.Tokens, token, time);
        return new TokenAnswer(text, client.KeyThumbprint is null ? "Bearer" : "DPoP", (long)AccessTokens.Life.TotalSeconds, token.Scope, user is null ? null : AccessTokenType).ToResult();
    }

    private IResult Refuse(HttpContext http, OAuthRefusal refusal) =>
        admission.TryEnterUnauthenticated(http.Connection.RemoteIpAddress?.ToString() ?? "unknown")
            ? refusal.ToResult()
            : OAuthRefusal.Of(OAuthError.TooMany, "Too many requests without an accepted credential came from this address.").ToResult();
}
