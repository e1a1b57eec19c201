namespace Writ.Ledger.Hashes;

/// <summary>The records of one log in one segment, whose leaf hashes lie side by side.</summary>
/// <param name="Log">The log's number.</param>
/// <param name="First">The index of the first of them.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Offset">Where their hashes begin in the file.</param>
internal readonly record struct LeafRun(uint Log, ulong First, int Count, long Offset);
