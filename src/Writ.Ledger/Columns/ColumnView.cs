using System.Collections.Immutable;

namespace Writ.Ledger.Columns;

/// <summary>The rows of a log as they stood when it was taken: blocks that follow each other without gaps. Immutable, thread safe.</summary>
/// <param name="Blocks">The blocks, oldest first.</param>
/// <param name="Rows">How many rows they have together: the log's first so many records.</param>
public sealed record ColumnView(ImmutableArray<ColumnBlock> Blocks, ulong Rows);
