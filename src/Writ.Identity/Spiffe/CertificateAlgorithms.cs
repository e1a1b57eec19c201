using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>Which keys and signatures are taken in a chain: RSA of 2,048 to 8,192 bits and the curves P-256, P-384 and P-521, with SHA-2.</summary>
internal static class CertificateAlgorithms
{
    private static readonly HashSet<string> Signatures = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", // RSA with SHA-256, SHA-384, SHA-512
        "1.2.840.113549.1.1.10", // RSASSA-PSS
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", // ECDSA with SHA-256, SHA-384, SHA-512
    };

    private static readonly HashSet<string> Curves = new(StringComparer.Ordinal) { "1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35" };

    public static bool AreTaken(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value is { } signature && Signatures.Contains(signature) && IsTaken(certificate.PublicKey);

    public static bool IsTaken(PublicKey key)
    {
        try
        {
            if (key.GetECDsaPublicKey() is { } curve)
            {
                using (curve)
                    return curve.ExportParameters(false).Curve is { IsNamed: true, Oid.Value: { } oid } && Curves.Contains(oid);
            }

            using var rsa = key.GetRSAPublicKey();
            return rsa?.KeySize is >= 2048 and <= 8192;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
