using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>pattern</c> (validation 6.3.3).</summary>
internal sealed class PatternRule(SchemaPattern pattern) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not StringDatum text || Matches(pattern, text.Text, run))
            return null;
        return new(instance, "pattern", $"expected a text that matches {Printable.Quote(pattern.Source)}");
    }

    /// <summary>Whether the pattern occurs in the text; where the effort is spent before that is known, the run is exhausted.</summary>
    public static bool Matches(SchemaPattern pattern, string text, Evaluation run)
    {
        if (!run.Spend(pattern.CostOf(text.Length)))
            return false;
        if (pattern.IsMatch(text) is { } matches)
            return matches;
        run.Exhaust();
        return false;
    }
}
