using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Writ.Identity.Spiffe;

/// <summary>An X.509-SVID just signed. Immutable.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Chain">The leaf and what leads to the root, DER, leaf first; the root is not among them.</param>
/// <param name="NotAfter">From when on it is refused.</param>
public sealed record IssuedSvid(SpiffeId Id, ImmutableArray<ReadOnlyMemory<byte>> Chain, DateTimeOffset NotAfter)
{
    /// <summary>The chain as PEM, leaf first.</summary>
    public string ToPem() => string.Join('\n', Chain.Select(certificate => PemEncoding.WriteString("CERTIFICATE", certificate.Span))) + "\n";
}
