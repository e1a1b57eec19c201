using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>Where an extractor puts the values of the record it reads. Valid during the call that hands it out. Not thread safe.</summary>
public sealed class RowWriter
{
    private readonly ColumnSchema _schema;
    private readonly ArrayBufferWriter<byte> _items = new();
    private readonly EarlierRows _earlier;
    private OpenRun _run;
    private int _row;

    internal RowWriter(ColumnSchema schema, OpenRun run, EarlierRows earlier) => (_schema, _run, _earlier) = (schema, run, earlier);

    /// <summary>Which row this is: the record's index in its log.</summary>
    public ulong Row => _run.FirstRow + (ulong)_row;

    /// <summary>Sets a text, in UTF-8.</summary>
    public void Text(int column, ReadOnlySpan<byte> utf8)
    {
        Expect(column, ColumnKind.Text);
        ((TextBuilder)_run[column]).Set(_row, utf8);
    }

    /// <summary>Sets a number other than <see cref="long.MinValue"/>.</summary>
    public void Number(int column, long value)
    {
        Expect(column, ColumnKind.Number);
        ((NumberBuilder)_run[column]).Set(_row, value);
    }

    /// <summary>Sets an id.</summary>
    public void Id(int column, Guid id)
    {
        Expect(column, ColumnKind.Id);
        ((IdBuilder)_run[column]).Set(_row, id);
    }

    /// <summary>Adds one text to the combination that <see cref="Set"/> sets.</summary>
    public void Item(ReadOnlySpan<byte> utf8) => TextItems.Append(_items, utf8);

    /// <summary>Sets the combination of the texts added since; none where none were.</summary>
    public void Set(int column)
    {
        Expect(column, ColumnKind.Set);
        if (_items.WrittenCount > 0)
            ((TextBuilder)_run[column]).Set(_row, _items.WrittenSpan);
        _items.ResetWrittenCount();
    }

    /// <summary>Sets the text that an earlier row has, if it has one.</summary>
    public void CopyText(ulong from, int column)
    {
        Expect(column, ColumnKind.Text);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, Row);
        var text = from >= _run.FirstRow ? ((TextBuilder)_run[column]).At((int)(from - _run.FirstRow)) : _earlier.TextAt(from, column);
        if (!text.IsEmpty)
            ((TextBuilder)_run[column]).Set(_row, text);
    }

    /// <summary>Gives an earlier row, or this one, a text that it did not have, or another one.</summary>
    public void AmendText(ulong row, int column, ReadOnlySpan<byte> utf8)
    {
        Expect(column, ColumnKind.Text);
        Amend(new Amendment(row, column, utf8.ToArray(), 0));
    }

    /// <summary>Gives an earlier row, or this one, a number that it did not have, or another one.</summary>
    public void AmendNumber(ulong row, int column, long value)
    {
        Expect(column, ColumnKind.Number);
        Amend(new Amendment(row, column, null, value));
    }

    internal void MoveTo(OpenRun run)
    {
        (_run, _row) = (run, run.Rows);
        _items.ResetWrittenCount();
    }

    private void Amend(in Amendment amendment)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amendment.Row, Row);
        if (amendment.Row >= _run.FirstRow)
            _run.Amend(amendment);
        else
            _earlier.Amend(amendment);
    }

    private void Expect(int column, ColumnKind kind)
    {
        if (_schema.Columns[column].Kind != kind)
            throw new ArgumentException($"column {_schema.Columns[column].Name} is of kind {_schema.Columns[column].Kind}, not {kind}", nameof(column));
    }
}
