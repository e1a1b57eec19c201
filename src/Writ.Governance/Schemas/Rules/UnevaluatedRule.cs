using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> (core 11). Runs behind all other rules of its schema, which mark
/// what they looked at.
/// </summary>
internal sealed class UnevaluatedRule(DatumKind kind, Subschema schema) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance.Kind != kind || seen is null)
            return null;
        var count = instance is ArrayDatum array ? array.Count : ((ObjectDatum)instance).Count;
        for (var i = 0; i < count; i++)
        {
            if (!run.Spend(1))
                return null;
            if (seen.Has(i))
                continue;
            if (schema.IsFalse)
                return new(instance, Keyword, Unexpected(instance, i));
            var value = instance is ArrayDatum items ? items.Items[i] : ((ObjectDatum)instance).Members[i].Value;
            if (schema.Check(value, run, null) is { } failure)
                return failure;
            seen.Mark(i);
        }

        return null;
    }

    private string Keyword => kind == DatumKind.Array ? "unevaluatedItems" : "unevaluatedProperties";

    private static string Unexpected(Datum instance, int position) => instance is ObjectDatum members
        ? $"expected no property {Printable.Quote(members.Members[position].Key)}, which the schema does not have"
        : $"expected no item at position {position}";
}
