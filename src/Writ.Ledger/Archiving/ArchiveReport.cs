using Writ.Ledger.Verification;

namespace Writ.Ledger.Archiving;

/// <summary>What the verification of one archived ledger found. Immutable.</summary>
/// <param name="Ledger">Its name in the archive.</param>
/// <param name="RecordSegments">How many segments of records the archive has.</param>
/// <param name="PayloadSegments">How many segments of sealed payloads.</param>
/// <param name="Verification">
/// What was proved, as of a data folder. A log's <see cref="LogReport.CheckpointSize"/> is how many of its records lie under a signed checkpoint, by
/// the proof that was archived with the last of them.
/// </param>
public sealed record ArchiveReport(string Ledger, int RecordSegments, int PayloadSegments, VerificationReport Verification);
