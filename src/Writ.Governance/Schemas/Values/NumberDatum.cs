namespace Writ.Governance.Schemas.Values;

internal sealed class NumberDatum(ExactNumber value) : Datum(DatumKind.Number, value.GetHashCode())
{
    public ExactNumber Value { get; } = value;

    public override string Describe() => Value.IsInteger ? "an integer" : "a number with a fraction";

    protected override bool SameContent(Datum other) => Value == ((NumberDatum)other).Value;
}
