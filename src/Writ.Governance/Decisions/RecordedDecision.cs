using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>What came of recording a decision.</summary>
/// <param name="Receipt">What the log said.</param>
/// <param name="Subject">Under whose key the payload is sealed.</param>
/// <param name="Took">How long the log took.</param>
internal readonly record struct RecordedDecision(RecordReceipt Receipt, PayloadSubject Subject, TimeSpan Took);
