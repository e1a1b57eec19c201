using System.Buffers;

namespace Writ.Ledger.Columns;

/// <summary>The values of one column in a run of records that is being read; grows with them. Not thread safe.</summary>
internal abstract class ColumnBuilder
{
    private const int FewRows = 256;

    public static ColumnBuilder Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Set => new TextBuilder(),
        ColumnKind.Number => new NumberBuilder(),
        ColumnKind.Id => new IdBuilder(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Forgets all values.</summary>
    public abstract void Clear();

    /// <summary>Writes the column of some of the rows.</summary>
    /// <returns>The smallest and the largest value, where that has a meaning, and how many rows have one.</returns>
    public abstract (long Min, long Max, int Values) Write(ArrayBufferWriter<byte> to, int first, int count);

    /// <summary>Makes room for a row; rows that come new have <paramref name="none"/>.</summary>
    protected static void MakeRoom<T>(ref T[] values, int row, T none)
    {
        if (row < values.Length)
            return;
        var had = values.Length;
        Array.Resize(ref values, Math.Max(FewRows, Math.Max(row + 1, 2 * had)));
        values.AsSpan(had).Fill(none);
    }
}
