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
    /// <summary>
    /// Where it is recorded who pruned records, each as the origin of a log and the id of a record, as the signed note in the folder says; empty where none were. How
    /// many are gone is each log's <see cref="LogicalLog.MinimumIndex"/>.
    /// </summary>
    public IReadOnlyList<string> PruningRecords { get; init; } = [];

    /// <summary>True when nothing proves an alteration or loss. Look at <see cref="LogReport.CheckpointSize"/> for how far that reaches.</summary>
    public bool IsSound => !Findings.Any(f => f.IsViolation);
}
