namespace Writ.Ledger;

/// <summary>One record as read back.</summary>
/// <param name="Index">Zero-based index in its log.</param>
/// <param name="Bytes">The bytes that were appended.</param>
public readonly record struct LedgerRecord(ulong Index, ReadOnlyMemory<byte> Bytes);
