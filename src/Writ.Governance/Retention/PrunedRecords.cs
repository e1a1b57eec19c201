namespace Writ.Governance.Retention;

/// <summary>The records of an organization's decision log that may be gone. Immutable.</summary>
/// <param name="To">All before this index.</param>
/// <param name="Root">The root over them, in hex.</param>
/// <param name="Snapshot">SHA-256 of the fold snapshot that carries their state, in hex.</param>
/// <param name="FoldFormat">The format of that snapshot.</param>
/// <param name="Record">The id of the control record that says so.</param>
public sealed record PrunedRecords(ulong To, string Root, string Snapshot, long FoldFormat, Guid Record);
