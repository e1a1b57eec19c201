using System.Runtime.InteropServices;
using Writ.Governance.Querying.Indexing;
using Writ.Governance.Querying.Language;

namespace Writ.Governance.Querying.Answers;

/// <summary>Makes one number of the records of a group. Not thread safe.</summary>
internal sealed class Aggregator(QueryItem.Aggregate item)
{
    private readonly List<long>? _values = item.Kind == AggregateKind.Percentile ? [] : null;
    private Int128 _sum;
    private long _count;
    private long _min = long.MaxValue;
    private long _max = long.MinValue;

    /// <summary>How many values it keeps to give a percentile.</summary>
    public int Kept => _values?.Count ?? 0;

    public void Add(long? value)
    {
        if (item.Of is null)
            _count++;
        else if (value is { } number)
        {
            _count++;
            _sum += number;
            _min = Math.Min(_min, number);
            _max = Math.Max(_max, number);
            _values?.Add(number);
        }
    }

    /// <summary>The result; null where no record of the group has a value.</summary>
    public object? Result() => item.Kind switch
    {
        AggregateKind.Count => _count,
        _ when _count == 0 => null,
        AggregateKind.Sum => Sum(),
        AggregateKind.Min => FieldValues.Number(item.Of!.Kind, _min),
        AggregateKind.Max => FieldValues.Number(item.Of!.Kind, _max),
        AggregateKind.Average => Scaled((decimal)_sum / _count),
        _ => FieldValues.Number(item.Of!.Kind, Percentile()),
    };

    private decimal Sum() => item.Of!.Kind == FieldKind.Amount ? Scaled((decimal)_sum) : (decimal)_sum;

    private decimal Scaled(decimal value) => item.Of!.Kind == FieldKind.Amount ? value / 1_000_000_000m : decimal.Round(value, 3);

    /// <summary>The nearest rank: the smallest value that so many percent do not exceed.</summary>
    private long Percentile()
    {
        var values = CollectionsMarshal.AsSpan(_values!);
        values.Sort();
        var rank = ((long)values.Length * item.Percent + 99) / 100;
        return values[(int)Math.Max(0, rank - 1)];
    }
}
