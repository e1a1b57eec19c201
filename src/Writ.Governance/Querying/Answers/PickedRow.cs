namespace Writ.Governance.Querying.Answers;

/// <summary>A row that stands on a page.</summary>
internal readonly record struct PickedRow(long Value, ulong Row, MatchedBlock Block);
