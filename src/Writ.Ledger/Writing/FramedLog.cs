namespace Writ.Ledger.Writing;

/// <summary>What one batch adds to one log, published once the batch is durable.</summary>
internal readonly record struct FramedLog(LogicalLog Log, ulong FirstIndex, LogHead Head);
