using System.Globalization;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>
/// Facts as terms of SMT-LIB. What cannot be said there becomes a constant that may be anything, so that every request stays a model. Not
/// thread safe.
/// </summary>
internal sealed class SmtFacts(RequestSpace space, SmtPlaces places)
{
    private readonly SmtArithmetic _arithmetic = new(space, places);
    private readonly Dictionary<Expr, int> _hidden = [];
    private readonly Dictionary<Fact, int> _loose = [];

    /// <summary>Constants for what is not looked into, and what is known of them.</summary>
    public List<string> Declarations { get; } = [];

    public string Of(Fact fact) => fact switch
    {
        Fact.Standing f => places.Stands(f.Term, f.Access),
        Fact.PoisonWithin f => Readable(f.Term, Wanted(places.Poison(f.Term), f.Wanted)),
        Fact.Typed f => Readable(f.Term, places.IsOf(f.Term, f.Types)),
        Fact.Between f => Typed(f.Term, f.Type, $"(<= {SmtText.Of(f.Least)} ({SmtPlaces.Sort(f.Type).Selector} {places.Value(f.Term)}) {SmtText.Of(f.Most)})"),
        Fact.Is f => Readable(f.Term, $"(not {places.Poison(f.Term)})", Wanted(places.Literal(f.Value) is { } literal ? $"(= {places.Value(f.Term)} {literal})" : Loose(f with { Wanted = true }), f.Wanted)),
        Fact.Like f => Typed(f.Term, ValueTypes.String, Wanted(SmtText.Of(f.Pattern) is { } pattern ? $"(str.in_re (text {places.Value(f.Term)}) {pattern})" : Loose(f with { Wanted = true }), f.Wanted)),
        Fact.Contains f => Set(f.Term, Wanted(Element(f) is { } element ? $"(holds (set {places.Value(f.Term)}) {element})" : Loose(f with { Wanted = true }), f.Wanted)),
        Fact.Empty f => Set(f.Term, Wanted($"(empty (set {places.Value(f.Term)}))", f.Wanted)),
        Fact.In f => Typed(f.Term, ValueTypes.Entity, Wanted(places.IsIn(f.Term, f.Container), f.Wanted)),
        Fact.OfType f => Typed(f.Term, ValueTypes.Entity, Wanted(SmtText.Of(f.Type.Value) is { } name ? $"(= (type {places.Value(f.Term)}) {name})" : Loose(f with { Wanted = true }), f.Wanted)),
        Fact.Same f => SmtText.Both([Clean(f.Left), Clean(f.Right), Wanted($"(= {places.Value(f.Left)} {places.Value(f.Right)})", f.Wanted)]),
        Fact.Less f => SmtText.Either([.. new[] { ValueTypes.Long, ValueTypes.Datetime, ValueTypes.Duration }.Select(type => Less(f, SmtPlaces.Sort(type)))]),
        Fact.Opaque f => SmtText.Either([.. new[] { Answers.True, Answers.False, Answers.Failing }.Where(one => f.Answers.HasFlag(one)).Select(one => $"(= {Hidden(f.Expression)} {(int)one})")]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Wanted(string term, bool wanted) => wanted ? term : $"(not {term})";

    private string Readable(Term term, params ReadOnlySpan<string> more) => SmtText.Both([places.Stands(term, Access.Readable), .. more]);

    private string Typed(Term term, ValueTypes type, string more) => Readable(term, places.IsOf(term, type), more);

    private string Set(Term term, string more) => Readable(term, places.IsOf(term, ValueTypes.Set), $"(not {places.Poison(term)})", more);

    private string Clean(Term term) => Readable(term, $"(not {places.Poison(term)})");

    private string Less(Fact.Less fact, (ValueTypes Type, string Constructor, string Selector) sort) => SmtText.Both(
    [
        Typed(fact.Left, sort.Type, places.IsOf(fact.Right, sort.Type)), places.Stands(fact.Right, Access.Readable),
        $"({(fact.OrEqual ? "<=" : "<")} ({sort.Selector} {places.Value(fact.Left)}) ({sort.Selector} {places.Value(fact.Right)}))",
    ]);

    private string? Element(Fact.Contains fact)
    {
        if (places.Literal(fact.Value) is not { } literal)
            return null;
        places.Elements.Add(fact.Value);
        return literal;
    }

    private string Hidden(Expr expr)
    {
        if (_hidden.TryGetValue(expr, out var number))
            return Name('h', number);
        _hidden.Add(expr, number = _hidden.Count);
        var name = Name('h', number);
        Declarations.Add($"(declare-const {name} Int)(assert (or (= {name} 1) (= {name} 2) (= {name} 4))) ; {expr.ToString().ReplaceLineEndings(" ")}");
        if (_arithmetic.Of(expr) is var (evaluates, holds))
            Declarations.Add($"(assert (= {name} (ite {evaluates} (ite {holds} 1 2) 4)))");
        return name;
    }

    private string Loose(Fact fact)
    {
        if (!_loose.TryGetValue(fact, out var number))
        {
            _loose.Add(fact, number = _loose.Count);
            Declarations.Add($"(declare-const {Name('x', number)} Bool)");
        }

        return Name('x', number);
    }

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
