using System.Net;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Credentials;

/// <summary>What a request brings to prove who sends it.</summary>
/// <param name="Authorization">The header, as it was sent; null or empty where there is none.</param>
/// <param name="Svid">What the connection proved when it was made; null where it proved nothing.</param>
/// <param name="Source">The address at the other end of the connection; null where there is none.</param>
/// <param name="Request">The request that it came with; null where it came with none.</param>
/// <param name="Signature">What the signature of the request proved, or that it was refused; null where it has none for Writ.</param>
public readonly record struct PresentedCredential(
    string? Authorization, X509Svid? Svid = null, IPAddress? Source = null, PresentedRequest? Request = null, SignatureVerdict? Signature = null)
{
    /// <summary>Whether there is anything by which somebody could be proved.</summary>
    public bool IsThere => Signature is not null || Svid is not null || !string.IsNullOrEmpty(Authorization);

    /// <summary>A request that brings a header alone.</summary>
    public static implicit operator PresentedCredential(string? authorization) => new(authorization);
}
