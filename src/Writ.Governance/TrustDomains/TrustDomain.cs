using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Writ.Crypto.Jose;
using Writ.Identity.Spiffe;

namespace Writ.Governance.TrustDomains;

/// <summary>What vouches for the ids of one trust domain. Immutable; the certificates are never disposed, because readers may hold them.</summary>
public sealed class TrustDomain
{
    private readonly ImmutableHashSet<string> _thumbprints;

    private TrustDomain(ImmutableArray<X509Certificate2> roots, ImmutableSortedDictionary<string, JsonWebKey> tokenKeys) =>
        (Roots, TokenKeys, _thumbprints) = (roots, tokenKeys, [.. roots.Select(X509Svid.ThumbprintOf)]);

    /// <summary>The roots for X.509-SVIDs.</summary>
    public IReadOnlyCollection<X509Certificate2> Roots { get; }

    /// <summary>By key id, the keys for JWT-SVIDs.</summary>
    public ImmutableSortedDictionary<string, JsonWebKey> TokenKeys { get; }

    /// <summary>What a bundle says.</summary>
    public static TrustDomain Of(SpiffeBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return new TrustDomain([.. bundle.Roots.Select(root => X509CertificateLoader.LoadCertificate(root.Span))], bundle.TokenKeys);
    }

    /// <summary>What authorities of Writ's own say.</summary>
    public static TrustDomain Of(IEnumerable<OwnAuthority> authorities)
    {
        var standing = authorities.Where(authority => !authority.Retired).ToArray();
        return new TrustDomain(
            [.. standing.Select(authority => X509CertificateLoader.LoadCertificate(authority.Root.Span))],
            standing.ToImmutableSortedDictionary(authority => authority.TokenKey.KeyId!, authority => authority.TokenKey, StringComparer.Ordinal));
    }

    /// <summary>Whether a root, by the SHA-256 of its certificate, is one of these.</summary>
    public bool HasRoot(string thumbprint) => _thumbprints.Contains(thumbprint);
}
