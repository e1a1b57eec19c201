using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>A payload made safe to keep: its ciphertext for the vault, its commitment for the record. Immutable.</summary>
/// <param name="Bytes">
/// One version byte, the 16-byte id of the key, then the salt and payload under AES-256-GCM. The salt is inside, so that it
/// goes when the key goes.
/// </param>
/// <param name="Commitment">The salted commitment to the payload.</param>
public sealed record SealedPayload(ReadOnlyMemory<byte> Bytes, Commitment Commitment)
{
    /// <summary>The key it is sealed under: a random name of its subject, which nothing leads back to the subject once the key is destroyed.</summary>
    public Guid KeyId => PayloadEnvelope.TryKeyId(Bytes.Span, out var id) ? id : default;
}
