using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>required</c> (validation 6.5.3) and, with a trigger, one entry of <c>dependentRequired</c> (6.5.4).</summary>
internal sealed class RequiredRule(string keyword, string? trigger, IReadOnlyList<string> names) : Rule
{
    private readonly int _cost = 1 + names.Append(trigger ?? "").Sum(name => 1 + (name.Length / Datum.UnitsPerStep));

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ObjectDatum members || !run.Spend(_cost) || (trigger is not null && !members.Has(trigger)))
            return null;
        foreach (var name in names)
        {
            if (!members.Has(name))
                return new(instance, keyword, $"expected the property {Printable.Quote(name)}{Because}");
        }

        return null;
    }

    /// <summary>The members that every object must have.</summary>
    public IEnumerable<string> Always => trigger is null ? names : [];

    private string Because => trigger is null ? "" : $" beside {Printable.Quote(trigger)}";
}
