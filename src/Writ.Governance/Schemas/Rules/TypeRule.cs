using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>type</c> (validation 6.1.1).</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : Rule
{
    public static readonly IReadOnlyList<string> Names = ["null", "boolean", "integer", "number", "string", "array", "object"];

    private readonly string _expected = $"expected {string.Join(" or ", types)}";

    public IReadOnlyList<string> Types => types;

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        run.Spend(1);
        foreach (var type in types)
        {
            if (IsOf(instance, type))
                return null;
        }

        return new(instance, "type", _expected);
    }

    private static bool IsOf(Datum instance, string type) => type switch
    {
        "null" => instance.Kind == DatumKind.Null,
        "boolean" => instance.Kind == DatumKind.Boolean,
        "integer" => instance is NumberDatum { Value.IsInteger: true },
        "number" => instance.Kind == DatumKind.Number,
        "string" => instance.Kind == DatumKind.String,
        "array" => instance.Kind == DatumKind.Array,
        _ => instance.Kind == DatumKind.Object,
    };
}
