using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>An X.509-SVID that was verified: whose it is, by which root, and until when. Immutable, thread safe; holds no handle.</summary>
public sealed record X509Svid
{
    internal X509Svid(SpiffeId id, string thumbprint, string keyThumbprint, string rootThumbprint, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        (Id, Thumbprint, KeyThumbprint, RootThumbprint, NotBefore, NotAfter) = (id, thumbprint, keyThumbprint, rootThumbprint, notBefore, notAfter);

    /// <summary>Whose it is.</summary>
    public SpiffeId Id { get; }

    /// <summary>SHA-256 of the certificate itself, in lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>SHA-256 of the subject public key info, in lower-case hexadecimal: the key, whatever certificate it stands in.</summary>
    public string KeyThumbprint { get; }

    /// <summary>SHA-256 of the root certificate that it was verified by, in lower-case hexadecimal.</summary>
    public string RootThumbprint { get; }

    /// <summary>From when on every certificate of the path is in force.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>From when on a certificate of the path is in force no more.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>SHA-256 of a key's subject public key info, in lower-case hexadecimal.</summary>
    public static string ThumbprintOf(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Crypto.Hashing.Hash256.Of(key.ExportSubjectPublicKeyInfo()).ToHex();
    }

    /// <summary>SHA-256 of a certificate, in lower-case hexadecimal.</summary>
    public static string ThumbprintOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Crypto.Hashing.Hash256.Of(certificate.RawDataMemory.Span).ToHex();
    }
}
