namespace Writ.Ledger.Columns;

/// <summary>The rows before the run that is being read: blocks, and the run that is still open. Under the index's lock.</summary>
internal sealed class EarlierRows(List<ColumnBlock> blocks)
{
    /// <summary>The run before the last, which is not a block yet; null where there is none.</summary>
    public OpenRun? Before { get; set; }

    /// <summary>What the last run says of rows whose block is written.</summary>
    public List<Amendment> Amendments { get; set; } = [];

    /// <summary>A block that turned out to be damaged while a text of it was wanted; null where none did.</summary>
    public ColumnBlock? Damaged { get; set; }

    public ReadOnlySpan<byte> TextAt(ulong row, int column)
    {
        if (Before is not null && row >= Before.FirstRow)
            return ((TextBuilder)Before[column]).At((int)(row - Before.FirstRow));
        var block = blocks[(int)(row / OpenRun.MostRows)];
        if (block.Open([column]) is not { } open)
        {
            Damaged = block;
            return default;
        }

        return open.Texts(column) is var texts && texts.EntryAt((int)(row - block.FirstRow)) is var entry and > 0 ? texts.Entry(entry) : default;
    }

    public void Amend(in Amendment amendment)
    {
        if (Before is not null && amendment.Row >= Before.FirstRow)
        {
            Before.Amend(amendment);
            return;
        }

        Amendments.Add(amendment);
        var number = (int)(amendment.Row / OpenRun.MostRows);
        blocks[number] = blocks[number].With([amendment]);
    }
}
