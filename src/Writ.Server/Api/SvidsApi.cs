using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Records;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary>
/// <c>/v1/svids</c>: signs SVIDs for agents. An X.509-SVID is for a key that people registered, so that whoever steals an API key gets none; a
/// JWT-SVID is for who shows an X.509-SVID.
/// </summary>
internal sealed class SvidsApi(AuthorityKeys authorities, TrustDomainNames names, TimeProvider time)
{
    private const int MaxAudience = 256;

    public void Map(RouteGroupBuilder agents)
    {
        agents.MapPost("/svids", Sign);
        agents.MapPost("/svids/jwt", SignToken);
    }

    private IResult Sign(HttpContext http, SvidBody body)
    {
        var caller = (Caller.AgentCaller)http.CurrentCaller();
        if (!SvidRequest.TryRead(body.Request, out var request, out var obstacle))
            return Problem.Of(ApiError.Malformed, $"request: {obstacle}").ToResult();
        if (caller.Organization.AgentCredentials.Holding(request.KeyThumbprint) is not { Kind: CredentialKind.KeyPair } credential || credential.Agent != caller.Agent.Id || !credential.IsInForce(time.GetUtcNow()))
            return Problem.Of(ApiError.KeyNotRegistered, "Somebody of platform registers the key first: POST /v1/agents/{id}/credentials.").ToResult();
        if (Authority(caller, out var authority) is { } refused)
            return refused;
        var issued = authority!.Svids.Issue(SpiffeId.ForAgent(names.Of(caller.Organization.Id), caller.Agent.Id.Value), request.Key);
        return Results.Json(new SvidAnswer(issued.Id.ToString(), issued.ToPem(), issued.NotAfter, credential.Id), StrictJson.Options);
    }

    private IResult SignToken(HttpContext http, TokenSvidBody body)
    {
        var caller = (Caller.AgentCaller)http.CurrentCaller();
        if (body.Audience.Length is 0 or > JwtSvidSigner.MaxAudiences || body.Audience.Any(one => one.Length is 0 or > MaxAudience))
            return Problem.Of(ApiError.Malformed, $"audience: 1 to {JwtSvidSigner.MaxAudiences}, each of 1 to {MaxAudience} characters").ToResult();
        if (caller.Assurance != Assurances.High || caller.Organization.AgentCredentials.Find(caller.KeyId) is not { Kind: CredentialKind.KeyPair })
            return Problem.Of(ApiError.AssuranceTooLow, "Show an X.509-SVID of this installation when you connect.").ToResult();
        if (Authority(caller, out var authority) is { } refused)
            return refused;
        var id = SpiffeId.ForAgent(names.Of(caller.Organization.Id), caller.Agent.Id.Value);
        var (token, expires) = authority!.Tokens.Issue(id, body.Audience, caller.KeyId);
        return Results.Json(new TokenSvidAnswer(id.ToString(), token, expires), StrictJson.Options);
    }

    private IResult? Authority(Caller.AgentCaller caller, out OpenAuthority? authority)
    {
        authority = null;
        if (caller.Token is not null)
            return Problem.Of(ApiError.AssuranceTooLow, "An access token gets no SVID: it may be for less than its agent may do.").ToResult();
        if (caller.Agent.Lifecycle != AgentLifecycle.Active)
            return Problem.Of(ApiError.AgentNotActive, "Only an active agent gets SVIDs.").ToResult();
        (authority, var fault) = authorities.Signing(caller.Organization);
        return authority is not null && authority.Svids.NotAfter > time.GetUtcNow() ? null
            : authority is not null ? Problem.Of(ApiError.AuthorityUnusable, "The authority's time is over: somebody of security adds another, POST /v1/trust-domains/authorities.").ToResult()
            : fault is not null ? Problem.Of(ApiError.AuthorityUnusable, "The keys of the authority cannot be read: the server's log says why.").ToResult()
            : Problem.Of(ApiError.AuthorityUnusable, "The organization has no authority: somebody of security adds one, POST /v1/trust-domains/authorities.").ToResult();
    }
}
