using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c> (validation 6.2), exact.</summary>
internal sealed class BoundRule(string keyword, ExactNumber bound) : Rule
{
    public static readonly IReadOnlyList<string> Keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not NumberDatum number)
            return null;
        run.Spend(1 + ((number.Value.Digits + bound.Digits) / 64));
        var order = number.Value.CompareTo(bound);
        var holds = keyword switch
        {
            "minimum" => order >= 0,
            "maximum" => order <= 0,
            "exclusiveMinimum" => order > 0,
            _ => order < 0,
        };
        return holds ? null : new(instance, keyword, $"expected a number {Side} {bound}");
    }

    private string Side => keyword switch
    {
        "minimum" => "of at least",
        "maximum" => "of at most",
        "exclusiveMinimum" => "above",
        _ => "below",
    };
}
