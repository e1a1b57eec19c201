namespace Writ.Ledger.Notes;

/// <summary>One signature line of a signed note, not yet verified.</summary>
/// <param name="Name">The name of the key that is said to have signed.</param>
/// <param name="KeyId">The first four bytes, big-endian, that tell keys of one name apart.</param>
/// <param name="Bytes">The signature proper, after the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes);
