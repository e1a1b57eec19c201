using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>Makes a column anew with values that came after its block was written.</summary>
internal static class AmendedColumn
{
    public static LoadedColumn? Of(LoadedColumn column, IReadOnlyList<Amendment> amendments, ulong firstRow, int rows)
    {
        var to = new ArrayBufferWriter<byte>();
        switch (column)
        {
            case TextColumn texts:
                var textBuilder = new TextBuilder();
                for (var row = 0; row < rows; row++)
                {
                    if (texts.EntryAt(row) is var entry and > 0)
                        textBuilder.Set(row, texts.Entry(entry));
                }

                foreach (var amendment in amendments)
                    textBuilder.Set((int)(amendment.Row - firstRow), amendment.Text);
                textBuilder.Write(to, 0, rows);
                return TextColumn.Read(to.WrittenMemory, rows, isSet: false);
            case NumberColumn numbers:
                var numberBuilder = new NumberBuilder();
                for (var row = 0; row < rows; row++)
                {
                    if (numbers.At(row) is { } number)
                        numberBuilder.Set(row, number);
                }

                foreach (var amendment in amendments)
                    numberBuilder.Set((int)(amendment.Row - firstRow), amendment.Number);
                numberBuilder.Write(to, 0, rows);
                return NumberColumn.Read(to.WrittenMemory, rows);
            default:
                throw new InvalidOperationException("only texts and numbers are amended");
        }
    }
}
