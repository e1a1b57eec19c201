namespace Writ.Governance.Controls;

/// <summary>
/// The records of the decision log from an index up to another may go from here on: all of them are past the retention of their class. Their hashes
/// stay, and so does the state that follows from them, in a fold snapshot.
/// </summary>
/// <param name="From">The first index; where the one before ended.</param>
/// <param name="To">The index after the last: the log's minimum index, once they are gone.</param>
/// <param name="Root">The root over the first <paramref name="To"/> records, in hex.</param>
/// <param name="Snapshot">SHA-256 of the fold snapshot that carries their state, in hex.</param>
/// <param name="FoldFormat">The format of that snapshot.</param>
public sealed record RecordsPruned(ulong From, ulong To, string Root, string Snapshot, long FoldFormat) : ControlAction;
