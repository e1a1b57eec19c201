using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>What sealing a payload yields beside the ciphertext.</summary>
/// <param name="KeyId">The key it is sealed under.</param>
/// <param name="Commitment">The salted commitment to the payload.</param>
public readonly record struct PayloadSeal(Guid KeyId, Commitment Commitment);
