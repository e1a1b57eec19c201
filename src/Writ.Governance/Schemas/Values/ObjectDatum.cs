using System.Diagnostics.CodeAnalysis;

namespace Writ.Governance.Schemas.Values;

internal sealed class ObjectDatum : Datum
{
    private readonly KeyValuePair<string, Datum>[] _members;
    private readonly Dictionary<string, int> _positions;

    /// <param name="members">The members in the order of the text.</param>
    /// <param name="positions">The place of each name in <paramref name="members"/>.</param>
    public ObjectDatum(KeyValuePair<string, Datum>[] members, Dictionary<string, int> positions)
        : base(DatumKind.Object, Hash(members))
    {
        _members = members;
        _positions = positions;
        for (var i = 0; i < members.Length; i++)
            Hold(members[i].Value, members[i].Key, i);
    }

    public ReadOnlySpan<KeyValuePair<string, Datum>> Members => _members;

    public int Count => _members.Length;

    public bool Has(string name) => _positions.ContainsKey(name);

    public int PositionOf(string name) => _positions.GetValueOrDefault(name, -1);

    public bool TryGet(string name, [NotNullWhen(true)] out Datum? value)
    {
        value = _positions.TryGetValue(name, out var at) ? _members[at].Value : null;
        return value is not null;
    }

    public override string Describe() => $"an object of {Count} members";

    protected override bool SameContent(Datum other)
    {
        var that = (ObjectDatum)other;
        if (Count != that.Count)
            return false;
        foreach (var (name, value) in Members)
        {
            if (!that.TryGet(name, out var counterpart) || !value.Equals(counterpart))
                return false;
        }

        return true;
    }

    private static int Hash(KeyValuePair<string, Datum>[] members)
    {
        // A sum, because the order of members carries no meaning.
        var hash = members.Length;
        foreach (var (name, value) in members)
            hash = unchecked(hash + HashCode.Combine(name, value));
        return hash;
    }
}
