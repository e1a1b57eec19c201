using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>Which members or items of one value were looked at by a schema and those it applies in place (2020-12 core, 11).</summary>
internal sealed class Evaluated
{
    private readonly ulong[] _bits;

    private Evaluated(int count) => _bits = new ulong[(count + 63) / 64];

    public static Evaluated? Of(Datum instance, Evaluation run)
    {
        var count = instance switch { ArrayDatum array => array.Count, ObjectDatum members => members.Count, _ => 0 };
        return count > 0 && run.Spend(1 + (count / 64)) ? new Evaluated(count) : null;
    }

    public bool Has(int position) => (_bits[position / 64] & (1UL << (position % 64))) != 0;

    public void Mark(int position) => _bits[position / 64] |= 1UL << (position % 64);

    public void Add(Evaluated other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }
}
