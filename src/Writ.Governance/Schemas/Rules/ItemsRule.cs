using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>
/// <c>prefixItems</c> and <c>items</c> of 2020-12 (core 10.3.1), or <c>items</c> and <c>additionalItems</c> of draft-07 (6.4).
/// </summary>
internal sealed class ItemsRule(IReadOnlyList<Subschema> prefix, Subschema? rest, string restKeyword) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ArrayDatum array)
            return null;
        var covered = rest is null ? Math.Min(prefix.Count, array.Count) : array.Count;
        for (var i = 0; i < covered; i++)
        {
            var schema = i < prefix.Count ? prefix[i] : rest!;
            if (!run.Spend(1))
                return null;
            if (schema.IsFalse)
                return new(instance, restKeyword, $"expected at most {i} items");
            if (schema.Check(array.Items[i], run, null) is { } failure)
                return failure;
            seen?.Mark(i);
        }

        return null;
    }

    /// <summary>Whether it speaks of the first items one by one.</summary>
    public bool HasPrefix => prefix.Count > 0;

    /// <summary>The schema that speaks of the item at this position, if one does.</summary>
    public Subschema? For(int position) => position < prefix.Count ? prefix[position] : rest;
}
