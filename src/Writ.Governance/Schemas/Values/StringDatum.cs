namespace Writ.Governance.Schemas.Values;

internal sealed class StringDatum(string text) : Datum(DatumKind.String, text.GetHashCode(StringComparison.Ordinal), 1 + (text.Length / UnitsPerStep))
{
    public string Text { get; } = text;

    /// <summary>The length in code points, which is what JSON Schema counts (validation 6.3.1).</summary>
    public int Length { get; } = CodePoints(text);

    public override string Describe() => $"a string of {Length} characters";

    protected override bool SameContent(Datum other) => Text == ((StringDatum)other).Text;

    private static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
                count--;
        }

        return count;
    }
}
