using Writ.Crypto.Jose;

namespace Writ.Governance.TrustDomains;

/// <summary>An authority of an organization's own trust domain: what the world may know of it. Immutable.</summary>
/// <param name="Thumbprint">SHA-256 of the root certificate, in lower-case hexadecimal; names it.</param>
/// <param name="Root">The root certificate, DER.</param>
/// <param name="TokenKey">The key for JWT-SVIDs.</param>
/// <param name="At">Since when.</param>
/// <param name="Retired">Whether nothing that it signed counts any more.</param>
public sealed record OwnAuthority(string Thumbprint, ReadOnlyMemory<byte> Root, JsonWebKey TokenKey, DateTimeOffset At, bool Retired = false);
