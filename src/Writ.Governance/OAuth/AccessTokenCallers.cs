using System.Buffers.Text;
using Writ.Governance.Credentials;
using Writ.Governance.Registry;
using Writ.Identity.OAuth;
using Writ.Identity.Spiffe;

namespace Writ.Governance.OAuth;

/// <summary>
/// Finds the agent that an access token is of. Key, credential and agent are asked for as they stand now, for every request, so that a revocation
/// counts at the next call; and the request has to prove the key or the certificate that the token is bound to. Thread safe.
/// </summary>
public sealed class AccessTokenCallers(RegistryHolder registry, OAuthIssuers issuers, DpopVerifier proofs, TimeProvider time)
{
    /// <summary>Whether a text says it is an access token of Writ's.</summary>
    public static bool IsOne(string text) => AccessTokens.IssuerIn(text) is not null;

    /// <summary>Whose a token is; null where it is nobody's, or the request does not prove what it is bound to.</summary>
    /// <param name="text">The token.</param>
    /// <param name="isWithProof">Whether it came as <c>Authorization: DPoP</c>, as a token has to that is bound to a key.</param>
    /// <param name="svid">What the connection proved.</param>
    /// <param name="request">The request.</param>
    public Caller.AgentCaller? Find(string text, bool isWithProof, X509Svid? svid, PresentedRequest? request)
    {
        if (request is null || AccessTokens.IssuerIn(text) is not { } issuer || issuers.OrganizationOf(issuer) is not { } id
            || !registry.Current.Organizations.TryGetValue(id, out var organization) || organization.TrustDomains.Own is not { TokenKeys: { Count: > 0 } keys }
            || !AccessTokens.TryVerify(text, issuer, keys, time, out var token) || !issuers.Covers(token.Audience, request.Path)
            || organization.AgentCredentials.Find(token.Client) is not { } credential || !credential.IsInForce(time.GetUtcNow())
            || !organization.Agents.TryGetValue(credential.Agent, out var agent)
            || (token.User is { } user && !(organization.UserIssuers.ByName.TryGetValue(user.Issuer, out var vouching) && vouching.Since < token.IssuedAt.AddSeconds(1)))
            || !IsBound(token, text, isWithProof, svid, request))
            return null;
        // Over TLS the key is proved on the connection itself; else for this request, with a key that is as good as its holder keeps it.
        return new Caller.AgentCaller(organization, credential.Id, agent) { Assurance = token.CertificateThumbprint is null ? Assurances.Substantial : Assurances.High, Token = token };
    }

    private bool IsBound(AccessToken token, string text, bool isWithProof, X509Svid? svid, PresentedRequest request)
    {
        if (token.CertificateThumbprint is { } certificate && (svid is null || Base64Url.EncodeToString(Convert.FromHexString(svid.Thumbprint)) != certificate))
            return false;
        if (isWithProof != token.KeyThumbprint is not null)
            return false;
        string[] addresses = request.Origin is { } origin ? [issuers.Origin + request.Path, origin + request.Path] : [issuers.Origin + request.Path];
        return token.KeyThumbprint is not { } key || proofs.Verify(request.Proof, request.Method, addresses, token.Client, (text, key), out _) == DpopFault.None;
    }
}
