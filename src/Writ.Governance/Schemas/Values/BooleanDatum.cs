namespace Writ.Governance.Schemas.Values;

internal sealed class BooleanDatum(bool value) : Datum(DatumKind.Boolean, value ? 1 : 0)
{
    public bool Value { get; } = value;

    public override string Describe() => "a boolean";

    protected override bool SameContent(Datum other) => Value == ((BooleanDatum)other).Value;
}
