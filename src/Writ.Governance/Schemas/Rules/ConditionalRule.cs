using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>if</c>, <c>then</c>, <c>else</c> (core 10.2.2.1).</summary>
internal sealed class ConditionalRule(Subschema condition, Subschema? then, Subschema? otherwise) : Rule
{
    public override IEnumerable<Subschema> InPlace => new[] { condition, then, otherwise }.OfType<Subschema>();

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        var chosen = condition.Check(instance, run, seen) is null ? then : otherwise;
        return chosen?.Check(instance, run, seen);
    }
}
