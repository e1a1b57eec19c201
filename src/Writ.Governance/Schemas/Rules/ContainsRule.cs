using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>contains</c>, <c>minContains</c>, <c>maxContains</c> (core 10.3.1.3, validation 6.4.4 and 6.4.5).</summary>
internal sealed class ContainsRule(Subschema schema, int least, int most) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ArrayDatum array)
            return null;
        var count = 0;
        for (var i = 0; i < array.Count; i++)
        {
            if (!run.Spend(1))
                return null;
            if (schema.Check(array.Items[i], run, null) is not null)
                continue;
            count++;
            seen?.Mark(i);
        }

        if (count < least)
            return new(instance, least == 1 ? "contains" : "minContains", $"expected at least {least} items of the kind that 'contains' describes");
        return count > most ? new(instance, "maxContains", $"expected at most {most} items of the kind that 'contains' describes") : null;
    }
}
