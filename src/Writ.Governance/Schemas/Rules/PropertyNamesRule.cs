using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>propertyNames</c> (core 10.3.2.4).</summary>
internal sealed class PropertyNamesRule(Subschema names) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ObjectDatum members)
            return null;
        foreach (var (name, _) in members.Members)
        {
            if (!run.Spend(1 + (name.Length / Datum.UnitsPerStep)))
                return null;
            if (names.Check(new StringDatum(name), run, null) is not null)
                return new(instance, "propertyNames", $"expected no property named {Printable.Quote(name)}");
        }

        return null;
    }
}
