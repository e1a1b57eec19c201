using Writ.Crypto.Hashing;

namespace Writ.Ledger.Segments;

/// <summary>What a batch header says of one logical log that has frames in the batch.</summary>
/// <param name="Log">The log's number.</param>
/// <param name="Count">How many frames of the batch are its.</param>
/// <param name="Position">Records: the log's size after the batch. Vault: the smallest record index of its payloads here.</param>
/// <param name="Root">Records: the log's root at that size. Vault: zero.</param>
internal readonly record struct TouchedLog(uint Log, uint Count, ulong Position, Hash256 Root);
