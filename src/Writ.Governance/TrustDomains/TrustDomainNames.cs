using Writ.Governance.Organizations;

namespace Writ.Governance.TrustDomains;

/// <summary>
/// Which trust domain an organization has: the first one that of the installation, every other <c>organization.domain</c>, so that none can
/// sign for another. Immutable, thread safe.
/// </summary>
public sealed class TrustDomainNames(string installation)
{
    private static readonly OrganizationId First = OrganizationId.Parse("default");

    /// <summary>The trust domain of an organization.</summary>
    public string Of(OrganizationId organization) => organization == First ? installation : $"{organization}.{installation}";

    /// <summary>Who has to stand in the audience of a token for an organization: its trust domain, as a SPIFFE id.</summary>
    public string AudienceOf(OrganizationId organization) => "spiffe://" + Of(organization);

    /// <summary>The organization that a trust domain would be of, whether there is one or not; null for a domain of others.</summary>
    public OrganizationId? OrganizationOf(ReadOnlySpan<char> domain)
    {
        if (domain.SequenceEqual(installation))
            return First;
        var suffix = "." + installation;
        return domain.EndsWith(suffix, StringComparison.Ordinal) && OrganizationId.TryParse(domain[..^suffix.Length].ToString(), null, out var organization) && organization != First
            ? organization
            : null;
    }

    /// <summary>Whether a domain is of this installation, or lies inside it, and can be imported by nobody.</summary>
    public bool IsOurs(string domain) => domain == installation || domain.EndsWith("." + installation, StringComparison.Ordinal);
}
