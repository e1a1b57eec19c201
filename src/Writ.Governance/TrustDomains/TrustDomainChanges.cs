using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Spiffe;

namespace Writ.Governance.TrustDomains;

/// <summary>What control actions about trust domains make of an organization.</summary>
public static class TrustDomainChanges
{
    /// <summary>The bundle in a text, whose names and keys a domain publishes in one of two forms; null, with what is wrong, where it is none.</summary>
    public static SpiffeBundle? Read(string text, out string obstacle)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (SpiffeBundle.TryRead(bytes, out var bundle, out obstacle) && (bundle.Roots.Length > 0 || bundle.TokenKeys.Count > 0))
            return bundle;
        if (SpiffeBundle.TryReadTokenKeys(bytes, out var keys, out var other) && keys.TokenKeys.Count > 0)
            return keys;
        obstacle = obstacle.Length > 0 ? obstacle : other.Length > 0 ? other : "the bundle vouches for nothing";
        return null;
    }

    internal static OrganizationState Add(this OrganizationState state, TrustAuthorityAdded added, ControlRecord record)
    {
        var domains = state.TrustDomains;
        if (domains.Authorities.Length >= TrustedDomains.MostAuthorities)
            throw new InvalidDataException($"an organization has had at most {TrustedDomains.MostAuthorities} authorities");
        var root = RootOf(added);
        if (domains.Authorities.Any(authority => authority.Thumbprint == root.Thumbprint || authority.TokenKey.KeyId == root.TokenKey.KeyId))
            throw new InvalidDataException("that authority was added before");
        return state.With([.. domains.Authorities, root with { At = Timestamp.FromMicroseconds(record.At) }]);
    }

    internal static OrganizationState Retire(this OrganizationState state, TrustAuthorityRetired retired) =>
        state.TrustDomains.Authorities.FirstOrDefault(authority => authority.Thumbprint == retired.Thumbprint) is { } known
            ? state.With(state.TrustDomains.Authorities.Replace(known, known with { Retired = true }))
            : throw new InvalidDataException($"there is no authority {retired.Thumbprint}");

    internal static OrganizationState Propose(this OrganizationState state, TrustDomainProposed proposed, ControlRecord record)
    {
        var domains = state.TrustDomains;
        if (proposed.Bundle.Length > TrustedDomains.MaxBundle || Read(proposed.Bundle, out var obstacle) is null)
            throw new InvalidDataException($"the bundle of {proposed.Domain} cannot be imported");
        if (!SpiffeId.TryParse("spiffe://" + proposed.Domain, out var id, out _) || !id.Path.IsEmpty)
            throw new InvalidDataException($"'{proposed.Domain}' is no trust domain");
        if (!domains.Foreign.ContainsKey(proposed.Domain) && domains.Foreign.Count + domains.Proposals.Count >= TrustedDomains.MostForeign)
            throw new InvalidDataException($"an organization imports at most {TrustedDomains.MostForeign} trust domains");
        var proposal = new ForeignProposal(
            proposed.Domain, proposed.Bundle, DigestOf(proposed.Bundle), record.By.Person ?? throw new InvalidDataException("a trust domain is imported by people"), Timestamp.FromMicroseconds(record.At));
        return state with { TrustDomains = domains with { Proposals = domains.Proposals.SetItem(proposed.Domain, proposal) } };
    }

    internal static OrganizationState Import(this OrganizationState state, TrustDomainImported imported, ControlRecord record)
    {
        var domains = state.TrustDomains;
        if (!domains.Proposals.TryGetValue(imported.Domain, out var proposal) || proposal.Digest != imported.Digest)
            throw new InvalidDataException($"no such bundle of {imported.Domain} was proposed");
        var by = record.By.Person ?? throw new InvalidDataException("a trust domain is imported by people");
        if (state.SoloEnded && SecondPerson.Obstacle(state, proposal.By, by, Timestamp.FromMicroseconds(record.At)) is { } obstacle)
            throw new InvalidDataException(obstacle.Text);
        return state with
        {
            TrustDomains = domains with
            {
                Foreign = domains.Foreign.SetItem(imported.Domain, TrustDomain.Of(Read(proposal.Bundle, out _)!)), Proposals = domains.Proposals.Remove(imported.Domain),
            },
        };
    }

    internal static OrganizationState Remove(this OrganizationState state, TrustDomainRemoved removed)
    {
        var domains = state.TrustDomains;
        return domains.Foreign.ContainsKey(removed.Domain) || domains.Proposals.ContainsKey(removed.Domain)
            ? state with { TrustDomains = domains with { Foreign = domains.Foreign.Remove(removed.Domain), Proposals = domains.Proposals.Remove(removed.Domain) } }
            : throw new InvalidDataException($"the trust domain {removed.Domain} was never imported");
    }

    /// <summary>SHA-256 of a bundle's text, in lower-case hexadecimal: what the second person confirms.</summary>
    internal static string DigestOf(string bundle) => Hash256.Of(Encoding.UTF8.GetBytes(bundle)).ToHex();

    private static OrganizationState With(this OrganizationState state, System.Collections.Immutable.ImmutableArray<OwnAuthority> authorities) =>
        state with { TrustDomains = state.TrustDomains with { Authorities = authorities, Own = TrustDomain.Of(authorities) } };

    private static OwnAuthority RootOf(TrustAuthorityAdded added)
    {
        var bytes = new byte[X509SvidRules.MaxCertificateBytes];
        if (!Convert.TryFromBase64String(added.Root, bytes, out var length)
            || !JsonWebKey.TryParse(Encoding.UTF8.GetBytes(added.TokenKey), out var key, out _) || key.KeyId is null)
            throw new InvalidDataException("an authority is a root and a key for tokens");
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(bytes.AsSpan(0, length));
            return X509SvidRules.CheckSigning(certificate) == X509SvidFault.None
                ? new OwnAuthority(X509Svid.ThumbprintOf(certificate), certificate.RawData, key, default)
                : throw new InvalidDataException("the root of an authority may not sign SVIDs");
        }
        catch (CryptographicException problem)
        {
            throw new InvalidDataException("the root of an authority is no certificate", problem);
        }
    }
}
