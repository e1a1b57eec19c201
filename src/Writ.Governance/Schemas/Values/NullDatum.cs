namespace Writ.Governance.Schemas.Values;

internal sealed class NullDatum() : Datum(DatumKind.Null, 0)
{
    public override string Describe() => "null";

    protected override bool SameContent(Datum other) => true;
}
