using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>
/// A certificate signing request (PKCS #10), of which nothing counts but the key and the proof that who asks holds it. Names and extensions that
/// it asks for are passed over: the registry says what stands in an SVID. Immutable, thread safe.
/// </summary>
public sealed class SvidRequest
{
    /// <summary>The longest request as PEM, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    private const string P256 = "1.2.840.10045.3.1.7";

    private SvidRequest(PublicKey key) => (Key, KeyThumbprint) = (key, X509Svid.ThumbprintOf(key));

    /// <summary>The key, ECDSA P-256.</summary>
    public PublicKey Key { get; }

    /// <summary>SHA-256 of the key's subject public key info, in lower-case hexadecimal.</summary>
    public string KeyThumbprint { get; }

    /// <summary>Reads a request whose signature is made with the very key that it asks for.</summary>
    /// <param name="pem">The request as PEM.</param>
    /// <param name="request">The request; null where it is none.</param>
    /// <param name="obstacle">What is wrong with it; empty where nothing is.</param>
    public static bool TryRead(string? pem, [NotNullWhen(true)] out SvidRequest? request, out string obstacle)
    {
        (request, obstacle) = (null, "");
        if (pem is null || pem.Length > MaxLength)
        {
            obstacle = $"a certificate signing request in PEM, at most {MaxLength} characters";
            return false;
        }

        try
        {
            var read = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256); // checks the signature
            using var key = read.PublicKey.GetECDsaPublicKey();
            if (key?.ExportParameters(false).Curve is not { IsNamed: true, Oid.Value: P256 })
            {
                obstacle = "the key of the request is ECDSA on P-256";
                return false;
            }

            request = new SvidRequest(read.PublicKey);
            return true;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException or NotSupportedException)
        {
            obstacle = "no certificate signing request that is signed with its own key";
            return false;
        }
    }
}
