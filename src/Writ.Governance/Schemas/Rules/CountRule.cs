using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>.
/// </summary>
internal sealed class CountRule(string keyword, int bound) : Rule
{
    public static readonly IReadOnlyList<string> Keywords =
        ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

    private readonly bool _isMaximum = keyword.StartsWith("max", StringComparison.Ordinal);

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        run.Spend(1);
        var count = (keyword[3], instance) switch
        {
            ('L', StringDatum text) => text.Length,
            ('I', ArrayDatum array) => array.Count,
            ('P', ObjectDatum members) => members.Count,
            _ => bound,
        };
        if (_isMaximum ? count <= bound : count >= bound)
            return null;
        return new(instance, keyword, $"expected at {(_isMaximum ? "most" : "least")} {bound} {Unit}");
    }

    private string Unit => keyword[3] switch { 'L' => "characters", 'I' => "items", _ => "properties" };
}
