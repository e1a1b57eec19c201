using Writ.Crypto.Sealing;

namespace Writ.Governance.Records;

/// <summary>A payload that was sealed for a record.</summary>
/// <param name="Bytes">The ciphertext, for the vault.</param>
/// <param name="Commitment">What the record says of it.</param>
/// <param name="Subject">Whom it is about, as the record may say it.</param>
public readonly record struct SealedRecord(ReadOnlyMemory<byte> Bytes, Commitment Commitment, PayloadSubject Subject);
