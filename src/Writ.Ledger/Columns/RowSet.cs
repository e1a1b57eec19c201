using System.Numerics;

namespace Writ.Ledger.Columns;

/// <summary>Some of the rows of a block: a bit for each. Not thread safe.</summary>
public sealed class RowSet
{
    private readonly ulong[] _words;

    /// <summary>None of <paramref name="rows"/> rows.</summary>
    public RowSet(int rows)
    {
        Rows = rows;
        _words = new ulong[(rows + 63) / 64];
    }

    /// <summary>How many rows the block has.</summary>
    public int Rows { get; }

    /// <summary>How many of them are in the set.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    internal Span<ulong> Words => _words;

    /// <summary>All of <paramref name="rows"/> rows.</summary>
    public static RowSet Whole(int rows)
    {
        var set = new RowSet(rows);
        set.Fill();
        return set;
    }

    /// <summary>True when the row is in the set.</summary>
    public bool Contains(int row) => (_words[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>Puts a row in.</summary>
    public void Add(int row) => _words[row >> 6] |= 1UL << (row & 63);

    /// <summary>Takes a row out.</summary>
    public void Remove(int row) => _words[row >> 6] &= ~(1UL << (row & 63));

    /// <summary>Takes out every row from <paramref name="row"/> on.</summary>
    public void RemoveFrom(int row)
    {
        for (var at = row >> 6; at < _words.Length; at++)
            _words[at] &= at == row >> 6 ? (1UL << (row & 63)) - 1 : 0;
    }

    /// <summary>Takes all rows before <paramref name="row"/> out.</summary>
    public void RemoveBefore(int row)
    {
        for (var at = 0; at <= row >> 6 && at < _words.Length; at++)
            _words[at] &= at == row >> 6 ? ulong.MaxValue << (row & 63) : 0;
    }

    /// <summary>The first row of the set from <paramref name="row"/> on; -1 when there is none.</summary>
    public int NextFrom(int row)
    {
        for (var at = row >> 6; at < _words.Length; at++)
        {
            var word = at == row >> 6 ? _words[at] & (ulong.MaxValue << (row & 63)) : _words[at];
            if (word != 0)
                return (at << 6) + BitOperations.TrailingZeroCount(word);
        }

        return -1;
    }

    /// <summary>The last row of the set before <paramref name="row"/>; -1 when there is none.</summary>
    public int LastBefore(int row)
    {
        for (var at = (row - 1) >> 6; row > 0 && at >= 0; at--)
        {
            var word = at == (row - 1) >> 6 ? _words[at] & (ulong.MaxValue >> (63 - ((row - 1) & 63))) : _words[at];
            if (word != 0)
                return (at << 6) + 63 - BitOperations.LeadingZeroCount(word);
        }

        return -1;
    }

    internal void Fill()
    {
        Array.Fill(_words, ulong.MaxValue);
        Trim();
    }

    internal void And(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] &= other._words[i];
    }

    internal void Or(RowSet other)
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] |= other._words[i];
    }

    internal void Invert()
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] = ~_words[i];
        Trim();
    }

    private void Trim()
    {
        if ((Rows & 63) != 0)
            _words[^1] &= ulong.MaxValue >> (64 - (Rows & 63));
    }
}
