using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>enum</c> and <c>const</c> (validation 6.1.2, 6.1.3).</summary>
internal sealed class EnumRule(string keyword, IReadOnlyCollection<Datum> values) : Rule
{
    private const int MaxShown = 12;

    private readonly HashSet<Datum> _values = [.. values];
    private readonly string _expected = Expected(values);

    /// <summary>Whether every value is a text.</summary>
    public bool AreTexts { get; } = values.All(value => value is StringDatum);

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        // Equal values are compared in full.
        run.Spend(instance.Weight);
        return _values.Contains(instance) ? null : new(instance, keyword, _expected);
    }

    private static string Expected(IReadOnlyCollection<Datum> values)
    {
        var shown = string.Join(", ", values.Take(MaxShown).Select(Show));
        var more = values.Count > MaxShown ? $" or one of {values.Count - MaxShown} more" : "";
        return values.Count == 1 ? $"expected {shown}" : $"expected one of {shown}{more}";
    }

    // These are the schema's own values, which the caller needs to know, not the instance's.
    private static string Show(Datum value) => value switch
    {
        StringDatum text => Printable.Quote(text.Text),
        BooleanDatum boolean => boolean.Value ? "true" : "false",
        NumberDatum number when number.Value.ToString() is { Length: <= Printable.MaxLength } digits => digits,
        _ => value.Describe(),
    };
}
