using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>pattern</c> (validation 6.3.3).</summary>
internal sealed class PatternRule(SchemaPattern pattern) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not StringDatum text || pattern.Occurs(text.Text, run))
            return null;
        return new(instance, "pattern", $"expected a text that matches {Printable.Quote(pattern.Source)}");
    }
}
