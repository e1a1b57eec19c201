namespace Writ.Governance.Folds;

/// <summary>A fold snapshot that carries the state of records which may go. Immutable.</summary>
/// <param name="Digest">SHA-256 of its bytes, in hex.</param>
/// <param name="Format">Its format: a binary that folds otherwise cannot read it.</param>
public sealed record CarriedState(string Digest, long Format);
