namespace Writ.Governance.Replay;

/// <summary>A block of traces, decided.</summary>
/// <param name="Decisions">The lines of the decisions file.</param>
/// <param name="Timings">The lines of the timings file; empty where none is written.</param>
/// <param name="Tally">What was counted.</param>
/// <param name="Problem">The line that cannot be read, and ended the block.</param>
internal sealed record DecidedBlock(ReadOnlyMemory<byte> Decisions, ReadOnlyMemory<byte> Timings, ReplayTally Tally, TraceProblem? Problem);
