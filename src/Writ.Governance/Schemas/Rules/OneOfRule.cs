using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>oneOf</c> (core 10.2.1.3).</summary>
internal sealed class OneOfRule(IReadOnlyList<Subschema> schemas) : Rule
{
    public override IEnumerable<Subschema> InPlace => schemas;

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        Failure? furthest = null;
        var depth = -1;
        var holding = 0;
        foreach (var schema in schemas)
        {
            if (run.Exhausted)
                break;
            if (schema.Check(instance, run, seen) is not { } failure)
                holding++;
            else if (failure.Depth > depth)
                (furthest, depth) = (failure, failure.Depth);
        }

        if (holding == 1)
            return null;
        var found = holding > 1 ? ", not several at once" : "";
        var here = new Failure(instance, "oneOf", $"expected exactly one of {schemas.Count} alternatives{found}");
        return holding == 0 && furthest is not null && depth > here.Depth ? furthest : here;
    }
}
