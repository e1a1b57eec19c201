using System.Collections.Immutable;
using Writ.Governance.TrustDomains;

namespace Writ.Server.Api;

/// <summary>The trust domains of an organization as people see them.</summary>
internal sealed record TrustDomainView(string Domain, ImmutableArray<AuthorityView> Authorities, ImmutableArray<ForeignDomainView> Imported, ImmutableArray<ProposedDomainView> Proposed)
{
    public static TrustDomainView Of(string domain, TrustedDomains domains) => new(
        domain,
        [.. domains.Authorities.Select(authority => new AuthorityView(authority.Thumbprint, authority.At, authority.Retired, authority == domains.Signing))],
        [.. domains.Foreign.Select(foreign => new ForeignDomainView(foreign.Key, foreign.Value.Roots.Count, foreign.Value.TokenKeys.Count))],
        [.. domains.Proposals.Values.Select(proposal => new ProposedDomainView(proposal.Domain, proposal.Digest, proposal.By.ToString(), proposal.At))]);
}
