using System.Security.Cryptography.X509Certificates;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Credentials;

/// <summary>
/// Finds the agent that an SVID is of. Who vouches is asked when a connection is made; whether root, credential and agent still stand is
/// asked again for every request, so that a revocation reaches a connection that is open. Thread safe.
/// </summary>
public sealed class SvidCallers(RegistryHolder registry, TrustDomainNames names, TimeProvider time)
{
    private readonly JwtSvidVerifier _tokens = new(time);

    /// <summary>Verifies the certificates of a client by the roots of the one organization that can know its id.</summary>
    public X509SvidFault Verify(X509Certificate2 leaf, X509Certificate2Collection intermediates, out X509Svid? svid)
    {
        svid = null;
        var fault = X509SvidRules.CheckLeaf(leaf, out var id);
        return fault != X509SvidFault.None ? fault
            : OrganizationOf(id!) is not { } organization ? X509SvidFault.UnknownTrustDomain
            : X509SvidVerifier.Verify(leaf, intermediates, domain => Domain(organization, domain)?.Roots, time.GetUtcNow(), out svid);
    }

    /// <summary>Whose an SVID is, as things stand now; null where it is nobody's any more.</summary>
    public Caller.AgentCaller? Find(X509Svid svid)
    {
        var now = time.GetUtcNow();
        if (now < svid.NotBefore || now >= svid.NotAfter || OrganizationOf(svid.Id) is not { } organization
            || Domain(organization, svid.Id.TrustDomain.ToString())?.HasRoot(svid.RootThumbprint) != true)
            return null;
        return CallerOf(organization, svid.Id, organization.AgentCredentials.Holding(IsOurs(organization, svid.Id) ? svid.KeyThumbprint : svid.Id.ToString()), Assurances.High, now);
    }

    /// <summary>Whose a token is; null where it is no JWT-SVID for this installation.</summary>
    public Caller.AgentCaller? Find(string token)
    {
        if (JwtSvidVerifier.ClaimedBy(token) is not { } claimed || OrganizationOf(claimed) is not { } organization
            || !_tokens.TryVerify(token, names.AudienceOf(organization.Id), domain => Domain(organization, domain)?.TokenKeys, out var svid))
            return null;
        // Of our own tokens each says for which credential it is; of others' the id is the credential.
        var credential = !IsOurs(organization, claimed) ? organization.AgentCredentials.Holding(claimed.ToString())
            : svid.Credential is { } id ? organization.AgentCredentials.Find(id) : null;
        return CallerOf(organization, claimed, credential, Assurances.Substantial, time.GetUtcNow());
    }

    private Caller.AgentCaller? CallerOf(OrganizationState organization, SpiffeId id, AgentCredential? credential, string assurance, DateTimeOffset now)
    {
        if (credential?.IsInForce(now) != true || !organization.Agents.TryGetValue(credential.Agent, out var agent))
            return null;
        var isRightKind = IsOurs(organization, id)
            ? credential.Kind == CredentialKind.KeyPair && id.TryGetAgent(out var named) && named == agent.Id.Value
            : credential.Kind == CredentialKind.SpiffeId && credential.Public == id.ToString();
        return isRightKind ? new Caller.AgentCaller(organization, credential.Id, agent) { Assurance = assurance } : null;
    }

    private bool IsOurs(OrganizationState organization, SpiffeId id) => id.TrustDomain.SequenceEqual(names.Of(organization.Id));

    private TrustDomain? Domain(OrganizationState organization, string domain) =>
        domain == names.Of(organization.Id) ? organization.TrustDomains.Own : organization.TrustDomains.Foreign.GetValueOrDefault(domain);

    /// <summary>The organization whose domain that is, or that registered this very id of another.</summary>
    private OrganizationState? OrganizationOf(SpiffeId id)
    {
        var current = registry.Current;
        return names.OrganizationOf(id.TrustDomain) is { } own ? current.Organizations.GetValueOrDefault(own)
            : current.Credentials.TryGetValue(id.ToString(), out var other) ? current.Organizations[other]
            : null;
    }
}
