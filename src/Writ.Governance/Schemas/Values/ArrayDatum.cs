namespace Writ.Governance.Schemas.Values;

internal sealed class ArrayDatum : Datum
{
    private readonly Datum[] _items;

    public ArrayDatum(Datum[] items) : base(DatumKind.Array, Hash(items))
    {
        _items = items;
        for (var i = 0; i < items.Length; i++)
            Hold(items[i], null, i);
    }

    public ReadOnlySpan<Datum> Items => _items;

    public int Count => _items.Length;

    public override string Describe() => $"an array of {Count} items";

    protected override bool SameContent(Datum other) => Items.SequenceEqual(((ArrayDatum)other).Items);

    private static int Hash(Datum[] items)
    {
        var hash = new HashCode();
        foreach (var item in items)
            hash.Add(item.GetHashCode());
        return hash.ToHashCode();
    }
}
