using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>allOf</c> (core 10.2.1.1).</summary>
internal sealed class AllOfRule(IReadOnlyList<Subschema> schemas) : Rule
{
    public override IEnumerable<Subschema> InPlace => schemas;

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        foreach (var schema in schemas)
        {
            if (schema.Check(instance, run, seen) is { } failure)
                return failure;
        }

        return null;
    }
}
