using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>uniqueItems: true</c> (validation 6.4.3).</summary>
internal sealed class UniqueItemsRule : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ArrayDatum array || !run.Spend(array.Weight))
            return null;
        var known = new HashSet<Datum>();
        foreach (var item in array.Items)
        {
            if (!known.Add(item))
                return new(item, "uniqueItems", "expected no two equal items");
        }

        return null;
    }
}
