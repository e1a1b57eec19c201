using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>multipleOf</c> (validation 6.2.1) in decimal: 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleOfRule(ExactNumber divisor) : Rule
{
    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not NumberDatum number)
            return null;

        // Dividing numbers of a thousand digits takes as long as hundreds of plain steps.
        var digits = (long)(number.Value.Digits + divisor.Digits);
        if (!run.Spend(1 + (digits * digits / 2_048)) || number.Value.IsMultipleOf(divisor))
            return null;
        return new(instance, "multipleOf", $"expected a multiple of {divisor}");
    }
}
