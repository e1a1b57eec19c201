using System.Security.Cryptography.X509Certificates;

namespace Writ.Identity.Spiffe;

/// <summary>
/// Verifies X.509-SVIDs: the path is built to the roots of the very domain that the leaf names, and to no others, so that the roots of one
/// domain never vouch for an id of another (X509-SVID section 5, Federation section 7.2). Fetches nothing. Thread safe.
/// </summary>
public static class X509SvidVerifier
{
    /// <summary>Verifies a leaf and what came with it.</summary>
    /// <param name="leaf">The workload's certificate.</param>
    /// <param name="intermediates">What came with it, in any order; it may hold more than the path needs.</param>
    /// <param name="rootsOf">The roots of a trust domain; null or none where it is not trusted.</param>
    /// <param name="now">The time that counts.</param>
    /// <param name="svid">What was verified; null where there is a fault.</param>
    public static X509SvidFault Verify(
        X509Certificate2 leaf, X509Certificate2Collection intermediates, Func<string, IReadOnlyCollection<X509Certificate2>?> rootsOf, DateTimeOffset now, out X509Svid? svid)
    {
        ArgumentNullException.ThrowIfNull(intermediates);
        ArgumentNullException.ThrowIfNull(rootsOf);
        svid = null;
        var fault = X509SvidRules.CheckLeaf(leaf, out var id);
        if (fault != X509SvidFault.None)
            return fault;
        if (intermediates.Count > X509SvidRules.MaxIntermediates || intermediates.Any(one => one.RawDataMemory.Length > X509SvidRules.MaxCertificateBytes))
            return X509SvidFault.WrongSize;
        if (rootsOf(id!.TrustDomain.ToString()) is not { Count: > 0 } roots)
            return X509SvidFault.UnknownTrustDomain;

        using var chain = new X509Chain();
        Demand(chain.ChainPolicy, intermediates, roots, now);
        var built = chain.Build(leaf);
        try
        {
            if (!built)
                return chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid) ? X509SvidFault.OutOfTime : X509SvidFault.NoPath;
            return CheckPath(chain, id, roots, out svid);
        }
        finally
        {
            foreach (var element in chain.ChainElements)
                element.Certificate.Dispose();
        }
    }

    private static X509SvidFault CheckPath(X509Chain chain, SpiffeId id, IReadOnlyCollection<X509Certificate2> roots, out X509Svid? svid)
    {
        svid = null;
        var path = chain.ChainElements.Select(element => element.Certificate).ToArray();
        foreach (var signing in path.Skip(1))
        {
            var fault = X509SvidRules.CheckSigning(signing);
            if (fault != X509SvidFault.None)
                return fault;
            // A signing certificate that names a domain signs for no other.
            if (CertificateNames.UrisOf(signing) is [var uri] && SpiffeId.TryParse(uri, out var domain, out _) && !domain.TrustDomain.SequenceEqual(id.TrustDomain))
                return X509SvidFault.NoPath;
        }

        var root = X509Svid.ThumbprintOf(path[^1]);
        if (!roots.Any(trusted => X509Svid.ThumbprintOf(trusted) == root))
            return X509SvidFault.NoPath;
        svid = new X509Svid(
            id, X509Svid.ThumbprintOf(path[0]), X509Svid.ThumbprintOf(path[0].PublicKey), root, path.Max(certificate => certificate.NotBefore.ToUniversalTime()), path.Min(certificate => certificate.NotAfter.ToUniversalTime()));
        return X509SvidFault.None;
    }

    private static void Demand(X509ChainPolicy policy, X509Certificate2Collection intermediates, IReadOnlyCollection<X509Certificate2> roots, DateTimeOffset now)
    {
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var root in roots)
            policy.CustomTrustStore.Add(root);
        policy.ExtraStore.AddRange(intermediates);
        policy.RevocationMode = X509RevocationMode.NoCheck; // an SVID lives an hour; who is stopped is stopped by the registry
        policy.DisableCertificateDownloads = true;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = now.UtcDateTime;
    }
}
