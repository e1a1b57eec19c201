using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>anyOf</c> (core 10.2.1.2).</summary>
internal sealed class AnyOfRule(IReadOnlyList<Subschema> schemas) : Rule
{
    public override IEnumerable<Subschema> InPlace => schemas;

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        Failure? furthest = null;
        var depth = -1;
        var holds = false;
        foreach (var schema in schemas)
        {
            if (run.Exhausted)
                break;
            if (schema.Check(instance, run, seen) is not { } failure)
            {
                holds = true;
                if (seen is null)
                    return null; // otherwise every alternative that holds has something to mark
            }
            else if (failure.Depth > depth)
            {
                (furthest, depth) = (failure, failure.Depth);
            }
        }

        if (holds)
            return null;
        var here = new Failure(instance, "anyOf", $"expected one of {schemas.Count} alternatives");
        return furthest is not null && depth > here.Depth ? furthest : here;
    }
}
