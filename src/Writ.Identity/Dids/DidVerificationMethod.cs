using Writ.Crypto.Jose;

namespace Writ.Identity.Dids;

/// <summary>A key by which the subject of a DID proves itself.</summary>
/// <param name="Id">Its name, a DID URL.</param>
/// <param name="Key">The key: Ed25519, P-256 or P-384.</param>
public sealed record DidVerificationMethod(string Id, JsonWebKey Key);
