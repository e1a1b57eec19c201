using System.Text;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Answers;

/// <summary>The different values of one field that records are grouped by, each with a number from 1. Not thread safe.</summary>
internal sealed class KeyValues(QueryItem.Key key)
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<object> _values = [];
    private int[][] _ofEntry = [];
    private TextColumn? _entriesOf;

    /// <summary>What stands for the value in an answer; null for none.</summary>
    public object? this[int number] => number == 0 ? null : _values[number - 1];

    /// <summary>The numbers of a row's values: one, or one for each of several texts.</summary>
    public ReadOnlySpan<int> Of(OpenBlock block, int row)
    {
        if (key.Of.Kind is FieldKind.Text or FieldKind.Set)
            return OfText(block.Texts(key.Of.Column), row);
        return block.Numbers(key.Of.Column).At(row) is { } number ? new[] { OfNumber(number) } : [0];
    }

    private ReadOnlySpan<int> OfText(TextColumn column, int row)
    {
        // An entry of a block's dictionary is looked up once a block, not once a row.
        if (!ReferenceEquals(column, _entriesOf))
            (_entriesOf, _ofEntry) = (column, new int[column.Entries + 1][]);
        var entry = column.EntryAt(row);
        if (_ofEntry[entry] is { } known)
            return known;
        var numbers = new List<int>();
        if (entry > 0)
        {
            foreach (var item in column.ItemsOf(entry))
                numbers.Add(NumberOf(_texts, Encoding.UTF8.GetString(item), text => text));
        }

        return _ofEntry[entry] = numbers.Count > 0 ? [.. numbers] : [0];
    }

    private int OfNumber(long number)
    {
        if (key.Unit is null)
            return NumberOf(_numbers, number, n => FieldValues.Number(key.Of.Kind, n));
        var at = Timestamp.FromMicroseconds(number).UtcDateTime;
        var start = key.Unit switch
        {
            TimeUnit.Hour => at.Date.AddHours(at.Hour),
            TimeUnit.Day => at.Date,
            _ => new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        return NumberOf(_numbers, start.Ticks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    private int NumberOf<T>(Dictionary<T, int> known, T value, Func<T, object> shown)
        where T : notnull
    {
        if (!known.TryGetValue(value, out var number))
        {
            _values.Add(shown(value));
            known.Add(value, number = _values.Count);
        }

        return number;
    }
}
