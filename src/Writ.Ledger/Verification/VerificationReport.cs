namespace Writ.Ledger.Verification;

/// <summary>What a verification read, proved and found. Immutable.</summary>
/// <param name="Segments">Segment files read.</param>
/// <param name="Batches">Intact batches.</param>
/// <param name="Records">Intact records, those of the catalog included.</param>
/// <param name="Payloads">Intact sealed payloads in the vault.</param>
/// <param name="Logs">What was proved of each log, by origin.</param>
/// <param name="Findings">Everything wrong, in the order of its place; empty for a sound folder.</param>
public sealed record VerificationReport(
    int Segments,
    ulong Batches,
    ulong Records,
    ulong Payloads,
    IReadOnlyList<LogReport> Logs,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>True when nothing proves an alteration or loss. Look at <see cref="LogReport.CheckpointSize"/> for how far that reaches.</summary>
    public bool IsSound => !Findings.Any(f => f.IsViolation);
}
