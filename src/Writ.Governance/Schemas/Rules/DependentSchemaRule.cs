using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>One entry of <c>dependentSchemas</c> (core 10.2.2.4) or of <c>dependencies</c> in draft-07 (6.5.7).</summary>
internal sealed class DependentSchemaRule(string trigger, Subschema schema) : Rule
{
    public override IEnumerable<Subschema> InPlace => [schema];

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        run.Spend(1 + (trigger.Length / Datum.UnitsPerStep));
        return instance is ObjectDatum members && members.Has(trigger) ? schema.Check(instance, run, seen) : null;
    }
}
