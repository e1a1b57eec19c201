using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Answers;

/// <summary>The wanted rows of one block.</summary>
internal readonly record struct MatchedBlock(ColumnBlock Block, OpenBlock Open, RowSet Rows);
