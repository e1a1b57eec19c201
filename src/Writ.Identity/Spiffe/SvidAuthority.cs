using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>
/// The certificate authority of one trust domain, ECDSA P-256 throughout. The root signs nothing but intermediates; the key of an intermediate
/// lives in memory for a day at most and is replaced when half of that is over. Thread safe.
/// </summary>
public sealed class SvidAuthority : IDisposable
{
    /// <summary>How long a root is in force.</summary>
    public static readonly TimeSpan RootLife = TimeSpan.FromDays(5 * 365);

    /// <summary>How long an intermediate is in force.</summary>
    public static readonly TimeSpan IntermediateLife = TimeSpan.FromHours(24);

    /// <summary>How long a leaf is in force, at most.</summary>
    public static readonly TimeSpan LeafLife = TimeSpan.FromHours(1);

    /// <summary>How far before its making a certificate begins to be in force, for clocks that go slow.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromMinutes(1);

    private readonly SpiffeId _domain;
    private readonly X509Certificate2 _root;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private X509Certificate2? _intermediate;

    private SvidAuthority(SpiffeId domain, X509Certificate2 root, TimeProvider time)
    {
        (_domain, _root, _time) = (domain, root, time);
        Root = root.RawData;
        Thumbprint = X509Svid.ThumbprintOf(root);
    }

    /// <summary>The root certificate, DER.</summary>
    public ReadOnlyMemory<byte> Root { get; }

    /// <summary>SHA-256 of the root certificate, in lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>Until when the root is in force.</summary>
    public DateTimeOffset NotAfter => _root.NotAfter.ToUniversalTime();

    /// <summary>Makes an authority with a fresh key.</summary>
    /// <param name="trustDomain">Whose ids it signs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">That is no trust domain.</exception>
    public static SvidAuthority Create(string trustDomain, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var domain = DomainOf(trustDomain);
        var begin = Begin(time.GetUtcNow());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, "Writ root", domain);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 1, critical: true));
        return new SvidAuthority(domain, request.CreateSelfSigned(begin, begin + RootLife), time);
    }

    /// <summary>Opens an authority from its root and the root's key.</summary>
    /// <param name="trustDomain">Whose ids it signs.</param>
    /// <param name="root">The root certificate, DER.</param>
    /// <param name="key">The private key, PKCS #8.</param>
    /// <param name="time">The clock.</param>
    /// <param name="authority">The authority; null where the key is not that of the root, or the root not that of the domain.</param>
    public static bool TryOpen(string trustDomain, ReadOnlySpan<byte> root, ReadOnlySpan<byte> key, TimeProvider time, [NotNullWhen(true)] out SvidAuthority? authority)
    {
        ArgumentNullException.ThrowIfNull(time);
        authority = null;
        try
        {
            var domain = DomainOf(trustDomain);
            using var certificate = X509CertificateLoader.LoadCertificate(root);
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(key, out _);
            if (X509SvidRules.CheckSigning(certificate) != X509SvidFault.None || CertificateNames.UrisOf(certificate) is not [var uri] || uri != domain.ToString())
                return false;
            authority = new SvidAuthority(domain, certificate.CopyWithPrivateKey(ecdsa), time);
            return true;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return false; // not a certificate, not a key, or not of each other
        }
    }

    /// <summary>The private key of the root, PKCS #8, for the one file that keeps it. The caller wipes it.</summary>
    public byte[] ExportKey()
    {
        using var key = _root.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>Signs a leaf for an id of the domain.</summary>
    /// <param name="id">Whose it will be.</param>
    /// <param name="key">The workload's public key.</param>
    /// <exception cref="ArgumentException">The id is of another domain or names no workload, or the key is not taken.</exception>
    public IssuedSvid Issue(SpiffeId id, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(key);
        if (!id.TrustDomain.SequenceEqual(_domain.TrustDomain) || id.Path.IsEmpty)
            throw new ArgumentException($"{id} is no workload of {_domain}", nameof(id));
        if (!CertificateAlgorithms.IsTaken(key))
            throw new ArgumentException("an SVID is for a key of a kind that is taken", nameof(key));
        lock (_lock)
        {
            var signer = Intermediate_NeedsLock();
            var now = _time.GetUtcNow();
            var request = new CertificateRequest(new X500DistinguishedName("O=Writ"), key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(CertificateNames.OneUri(id.ToString(), critical: false));
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(signer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
            using var leaf = request.Create(signer, Later(Begin(now), signer.NotBefore), Earlier(now + LeafLife, signer.NotAfter), Serial());
            return new IssuedSvid(id, [leaf.RawData, signer.RawData], leaf.NotAfter.ToUniversalTime());
        }
    }

    /// <summary>Forgets the keys.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _intermediate?.Dispose();
            _root.Dispose();
        }
    }

    private X509Certificate2 Intermediate_NeedsLock()
    {
        var now = _time.GetUtcNow();
        if (_intermediate is { } standing && standing.NotBefore.ToUniversalTime() <= now && standing.NotAfter.ToUniversalTime() - now > IntermediateLife / 2)
            return standing;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, "Writ issuer", _domain);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var bare = request.Create(_root, Later(Begin(now), _root.NotBefore), Earlier(now + IntermediateLife, _root.NotAfter), Serial());
        _intermediate?.Dispose();
        return _intermediate = bare.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(ECDsa key, string name, SpiffeId domain)
    {
        // The domain may be longer than a common name; it stands in the URI, and the key tells namesakes apart.
        var subject = $"O=Writ, CN={name} {Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16]}";
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateNames.OneUri(domain.ToString(), critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static SpiffeId DomainOf(string trustDomain) =>
        SpiffeId.TryParse("spiffe://" + trustDomain, out var domain, out var fault) && domain.Path.IsEmpty
            ? domain
            : throw new ArgumentException($"'{trustDomain}' is not a trust domain: {fault}", nameof(trustDomain));

    private static DateTimeOffset Begin(DateTimeOffset now) => now - Backdating;

    private static DateTimeOffset Later(DateTimeOffset one, DateTime other) => one > other.ToUniversalTime() ? one : other.ToUniversalTime();

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTime other) => one < other.ToUniversalTime() ? one : other.ToUniversalTime();

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40); // positive, and always of the same length
        return serial;
    }
}
