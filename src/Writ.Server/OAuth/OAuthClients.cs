using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Credentials;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.OAuth;
using Writ.Governance.Registry;
using Writ.Identity.OAuth;

namespace Writ.Server.OAuth;

/// <summary>
/// Who asks for a token: a client that signed an assertion (RFC 7523), or one that showed an X.509-SVID when it connected (RFC 8705). Whoever shows an
/// SVID can be no other agent's client. A token is bound to the key of a proof (RFC 9449), else to the SVID; one that would be bound to neither is not given.
/// </summary>
internal sealed class OAuthClients(OAuthIssuers issuers, ClientAssertions assertions, SvidCallers svids, DpopVerifier proofs, DpopNonces nonces)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The client, or why there is none.</summary>
    public (TokenClient? Client, OAuthRefusal? Refusal) Find(HttpContext http, TokenRequest request, OrganizationState? organization)
    {
        var sent = http.PresentedRequest();
        var svid = http.Features.Get<ClientSvid>()?.Svid;
        var isProved = http.Request.Headers.ContainsKey("DPoP");
        if (isProved && sent.Proof is null)
            return Refuse(OAuthError.InvalidProof, "One proof of possession is sent, not several.");
        // Before anything is used up: whoever has no nonce yet comes again with the same.
        if (isProved && nonces.EndOf(DpopVerifier.NonceIn(sent.Proof)) is null)
            return Refuse(OAuthError.UseNonce, "The proof has to carry the nonce of the header DPoP-Nonce.");
        if (!isProved && svid is null)
            return Refuse(OAuthError.InvalidRequest, "A token is bound: send a proof of possession (DPoP), or show an X.509-SVID when you connect.");
        if (organization is null || Authenticate(http, request, organization, svid is null ? null : svids.Find(svid), svid is not null) is not { } credential
            || !organization.Agents.TryGetValue(credential.Agent, out var agent) || !IsSignedBy(http, organization, credential.Agent))
            return Refuse(OAuthError.InvalidClient, "The client was not accepted.");
        if (!isProved)
            return (new TokenClient(agent, credential, null, Base64Url.EncodeToString(Convert.FromHexString(svid!.Thumbprint))), null);
        string[] addresses = sent.Origin is { } origin ? [issuers.Origin + sent.Path, origin + sent.Path] : [issuers.Origin + sent.Path];
        return proofs.Verify(sent.Proof, sent.Method, addresses, credential.Id, null, out var thumbprint) switch
        {
            DpopFault.None => (new TokenClient(agent, credential, thumbprint, null), null),
            DpopFault.NonceNeeded => Refuse(OAuthError.UseNonce, "The proof has to carry the nonce of the header DPoP-Nonce."),
            _ => Refuse(OAuthError.InvalidProof, "The proof of possession was not accepted."),
        };
    }

    private AgentCredential? Authenticate(HttpContext http, TokenRequest request, OrganizationState organization, Caller.AgentCaller? shown, bool hasShown)
    {
        var (assertion, type, client) = (request["client_assertion"], request["client_assertion_type"], request["client_id"]);
        // One way at a time (RFC 6749 section 2.3), and none by a secret.
        if (!string.IsNullOrEmpty(http.Request.Headers.Authorization) || request["client_secret"] is not null || (hasShown && shown?.Organization.Id != organization.Id))
            return null;
        if (assertion is null && type is null)
            return shown is not null && (client is null || client == shown.KeyId) ? organization.AgentCredentials.Find(shown.KeyId) : null;
        return type == AssertionType && assertion is not null && assertions.Find(organization, assertion, client) is { } credential && (shown is null || shown.Agent.Id == credential.Agent)
            ? credential
            : null;
    }

    /// <summary>Whether a request that bears a signature bears the client's: one that is refused, or another's, spoils it.</summary>
    private static bool IsSignedBy(HttpContext http, OrganizationState organization, AgentId agent) => http.Features.Get<RequestSignature>()?.Verdict switch
    {
        null => true,
        SignatureVerdict.Proved proved => proved.Organization == organization.Id && organization.AgentCredentials.Find(proved.Credential)?.Agent == agent,
        _ => false,
    };

    private static (TokenClient? Client, OAuthRefusal? Refusal) Refuse(OAuthError error, string description) => (null, OAuthRefusal.Of(error, description));
}
