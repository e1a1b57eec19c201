namespace Writ.Ledger.Witnessing;

/// <summary>What came back from a witness, not yet believed. Immutable.</summary>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Body">The body.</param>
/// <param name="Fault">Why there was no answer; null where there was one.</param>
public sealed record WitnessReply(int Status, ReadOnlyMemory<byte> Body, string? Fault = null);
