using Writ.Governance.Querying.Language;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Answers;

/// <summary>Walks the blocks of a view and finds the wanted rows of each. Not thread safe.</summary>
/// <param name="query">What is wanted.</param>
/// <param name="view">The index.</param>
/// <param name="records">The log's first so many records.</param>
/// <param name="first">Those before it were pruned: what the index may still have of them is not shown.</param>
internal sealed class Matching(RecordQuery query, ColumnView view, ulong records, ulong first = 0)
{
    private readonly int[] _shown = [.. query.Fields.Select(f => f.Column)];

    /// <summary>The block that turned out to be damaged; null when none did.</summary>
    public ColumnBlock? Damaged { get; private set; }

    /// <summary>Blocks with wanted rows among the log's first so many records, oldest or newest first; ends early at a damaged one.</summary>
    public IEnumerable<MatchedBlock> Blocks(bool oldestFirst)
    {
        for (var i = 0; i < view.Blocks.Length; i++)
        {
            var block = view.Blocks[oldestFirst ? i : view.Blocks.Length - 1 - i];
            if (block.FirstRow >= records || block.FirstRow + (ulong)block.Rows <= first || !query.Filter.MayMatch(block))
                continue;
            if (block.Open(query.Filter.ColumnsOf(block).Concat(_shown)) is not { } open)
            {
                Damaged = block;
                yield break;
            }

            var rows = query.Filter.Apply(open);
            if (block.FirstRow + (ulong)block.Rows > records)
                rows.RemoveFrom((int)(records - block.FirstRow));
            if (block.FirstRow < first)
                rows.RemoveBefore((int)(first - block.FirstRow));
            if (rows.NextFrom(0) >= 0)
                yield return new MatchedBlock(block, open, rows);
        }
    }
}
