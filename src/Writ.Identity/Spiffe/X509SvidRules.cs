using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>What the standard asks of a certificate by its place in the chain, whoever signed it (X509-SVID sections 2, 3 and 4).</summary>
public static class X509SvidRules
{
    /// <summary>The most certificates between a leaf and a root.</summary>
    public const int MaxIntermediates = 6;

    /// <summary>The longest certificate, in bytes.</summary>
    public const int MaxCertificateBytes = 16 * 1024;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string BasicConstraints = "2.5.29.19";

    /// <summary>Reads the id of a leaf. Says nothing about who signed it, or when.</summary>
    /// <param name="leaf">The certificate of a workload.</param>
    /// <param name="id">The id, which has a path; null where there is a fault.</param>
    public static X509SvidFault CheckLeaf(X509Certificate2 leaf, out SpiffeId? id)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        id = null;
        var fault = ReadId(leaf, out var read);
        if (fault == X509SvidFault.None && read is null)
            fault = X509SvidFault.NotOneUri;
        if (fault == X509SvidFault.None && read!.Path.IsEmpty) // section 5.2: a leaf has a path
            fault = X509SvidFault.WrongPath;
        if (fault == X509SvidFault.None)
            fault = CheckLeafUse(leaf);
        if (fault == X509SvidFault.None)
            id = read;
        return fault;
    }

    /// <summary>Checks a certificate that signs others: an intermediate or a root.</summary>
    public static X509SvidFault CheckSigning(X509Certificate2 signing)
    {
        ArgumentNullException.ThrowIfNull(signing);
        var fault = ReadId(signing, out var id);
        if (fault != X509SvidFault.None)
            return fault;
        if (id is not null && !id.Path.IsEmpty)
            return X509SvidFault.WrongPath;
        if (!IsAuthority(signing))
            return X509SvidFault.WrongAuthority;
        return KeyUsage(signing) is { Critical: true } usage && usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign)
            ? X509SvidFault.None
            : X509SvidFault.WrongKeyUsage;
    }

    private static X509SvidFault CheckLeafUse(X509Certificate2 leaf)
    {
        if (IsAuthority(leaf))
            return X509SvidFault.WrongAuthority;
        if (KeyUsage(leaf) is not { Critical: true } usage
            || !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)
            || (usage.KeyUsages & (X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign)) != 0)
            return X509SvidFault.WrongKeyUsage;
        // Section 4.4: it may be left out, and says both where it is there.
        foreach (var extension in leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>())
        {
            var uses = extension.EnhancedKeyUsages.Cast<Oid>().Select(use => use.Value).ToArray();
            if (!uses.Contains(ClientAuthentication) || !uses.Contains(ServerAuthentication))
                return X509SvidFault.WrongExtendedKeyUsage;
        }

        return X509SvidFault.None;
    }

    /// <summary>The id, or null without a fault where no URI stands in the certificate.</summary>
    private static X509SvidFault ReadId(X509Certificate2 certificate, out SpiffeId? id)
    {
        id = null;
        if (certificate.RawDataMemory.Length > MaxCertificateBytes)
            return X509SvidFault.WrongSize;
        if (CertificateNames.UrisOf(certificate) is not { } uris)
            return X509SvidFault.UnreadableName;
        if (uris.Count > 1)
            return X509SvidFault.NotOneUri;
        if (uris.Count == 1 && !SpiffeId.TryParse(uris[0], out id, out _))
            return X509SvidFault.NotASpiffeId;
        return CertificateAlgorithms.AreTaken(certificate) ? X509SvidFault.None : X509SvidFault.WeakAlgorithm;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.Where(extension => extension.Oid?.Value == BasicConstraints).Any(extension => ((X509BasicConstraintsExtension)extension).CertificateAuthority);

    /// <summary>The key usage; none where it is there twice.</summary>
    private static X509KeyUsageExtension? KeyUsage(X509Certificate2 certificate) => certificate.Extensions.OfType<X509KeyUsageExtension>().ToArray() is [var one] ? one : null;
}
