using Writ.Governance.Schemas.Arguments;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>
/// A schema or sub-schema. Made empty, because schemas refer to one another in circles, and filled once by the compiler; after
/// that immutable and thread safe.
/// </summary>
internal sealed class Subschema
{
    private Rule[] _rules = [];
    private bool _asksWhatWasSeen;
    private ArgumentGuide? _guide;

    public Subschema() => Alone = [this];

    public ReadOnlySpan<Rule> Rules => _rules;

    /// <summary>This one, where several could speak.</summary>
    public IReadOnlyList<Subschema> Alone { get; }

    /// <summary>What it says without looking at a value: worked out when it is first asked for, within the steps of a validation.</summary>
    public ArgumentGuide Guide
    {
        get
        {
            if (Volatile.Read(ref _guide) is { } known)
                return known;
            var made = new ArgumentGuide(Alone, new Evaluation(InputSchemaLimits.Default.MaxSteps));
            return Interlocked.CompareExchange(ref _guide, made, null) ?? made;
        }
    }

    /// <summary>Whether this is the schema <c>false</c>, which no value satisfies.</summary>
    public bool IsFalse { get; private set; }

    public void Fill(IEnumerable<Rule> rules)
    {
        _rules = [.. rules];
        _asksWhatWasSeen = _rules.Any(rule => rule is UnevaluatedRule);
    }

    public void FillFalse() => IsFalse = true;

    public Failure? Check(Datum instance, Evaluation run, Evaluated? outer)
    {
        if (IsFalse)
            return new(instance, "false", "expected no value here");
        if (!run.Enter())
        {
            run.Leave();
            return new(instance, "instance", "too complex");
        }

        var seen = outer is not null || _asksWhatWasSeen ? Evaluated.Of(instance, run) : null;
        Failure? failure = null;
        foreach (var rule in _rules)
        {
            failure = rule.Check(instance, run, seen);
            if (failure is not null)
                break;
        }

        run.Leave();
        if (failure is null && outer is not null && seen is not null)
            outer.Add(seen);
        return failure;
    }
}
