using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>not</c> (core 10.2.1.4).</summary>
internal sealed class NotRule(Subschema schema) : Rule
{
    public override IEnumerable<Subschema> InPlace => [schema];

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen) =>
        schema.Check(instance, run, null) is null ? new(instance, "not", "expected a value that 'not' does not describe") : null;
}
