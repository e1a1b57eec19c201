using Writ.Ledger.Notes;

namespace Writ.Ledger.Trust;

/// <summary>A witness that a policy knows. Immutable.</summary>
/// <param name="Name">What the policy calls it; means nothing elsewhere.</param>
/// <param name="Key">The key of its cosignatures.</param>
/// <param name="Address">Its submission prefix, where the policy states one.</param>
public sealed record TrustedWitness(string Name, NoteVerifierKey Key, Uri? Address);
