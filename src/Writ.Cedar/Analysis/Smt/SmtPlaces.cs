using System.Globalization;
using Writ.Cedar.Entities;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>
/// Places of a request as constants: <c>a</c> says how a place stands, <c>v</c> which value it has where it can be read, <c>p</c> whether there
/// is poison within. Values other than texts, numbers and entities are known by a number, equal ones by the same. Not thread safe.
/// </summary>
internal sealed class SmtPlaces(RequestSpace space)
{
    /// <summary>The sorts and functions that every script starts with.</summary>
    public const string Prelude = """
        (declare-datatypes ((Value 0)) (((B (bool Bool)) (L (long Int)) (S (text String)) (E (type String) (id String)) (D (decimal Int)) (T (time Int)) (U (span Int)) (C (set Int)) (R (record Int)) (I (ip Int)))))
        (declare-fun holds (Int Value) Bool)
        (declare-fun empty (Int) Bool)
        """;

    private static readonly (ValueTypes Type, string Constructor, string Selector)[] Sorts =
    [
        (ValueTypes.Bool, "B", "bool"), (ValueTypes.Long, "L", "long"), (ValueTypes.String, "S", "text"), (ValueTypes.Entity, "E", "type"), (ValueTypes.Decimal, "D", "decimal"),
        (ValueTypes.Datetime, "T", "time"), (ValueTypes.Duration, "U", "span"), (ValueTypes.Set, "C", "set"), (ValueTypes.Record, "R", "record"), (ValueTypes.Ip, "I", "ip"),
    ];

    private readonly SearchState _start = new(space);
    private readonly Dictionary<Term, int> _numbers = [];
    private readonly Dictionary<EntityUid, int> _containers = [];
    private readonly Dictionary<Value, int> _compounds = [];
    private readonly Dictionary<Value, string> _literals = [];

    /// <summary>The places, each at its number.</summary>
    public List<Term> Terms { get; } = [];

    /// <summary>Which values sets are asked for.</summary>
    public HashSet<Value> Elements { get; } = [];

    public static (ValueTypes Type, string Constructor, string Selector) Sort(ValueTypes type) => Array.Find(Sorts, sort => sort.Type == type);

    public int Number(Term term)
    {
        if (_numbers.TryGetValue(term, out var number))
            return number;
        if (term.Parent is not null)
            Number(term.Parent);
        _numbers.Add(term, number = Terms.Count);
        Terms.Add(term);
        return number;
    }

    public string Value(Term term) => Name('v', Number(term));

    public string Poison(Term term) => Name('p', Number(term));

    public string Stands(Term term, Access access) =>
        SmtText.Either([.. new[] { Access.Readable, Access.Absent, Access.Broken }.Where(one => access.HasFlag(one)).Select(one => $"(= {Name('a', Number(term))} {(int)one})")]);

    public string IsOf(Term term, ValueTypes types) => SmtText.Either([.. Sorts.Where(sort => types.HasFlag(sort.Type)).Select(sort => $"((_ is {sort.Constructor}) {Value(term)})")]);

    public string IsIn(Term term, EntityUid container)
    {
        if (!_containers.TryGetValue(container, out var number))
            _containers.Add(container, number = _containers.Count);
        return string.Create(CultureInfo.InvariantCulture, $"(in{number} {Value(term)})");
    }

    /// <summary>A value; null for one that cannot be said.</summary>
    public string? Literal(Value value)
    {
        if (_literals.TryGetValue(value, out var known))
            return known;
        var literal = value switch
        {
            BoolValue truth => truth.Value ? "(B true)" : "(B false)",
            StringValue text => SmtText.Of(text.Value) is { } quoted ? $"(S {quoted})" : null,
            EntityValue entity => SmtText.Of(entity.Uid.Type.Value) is { } type && SmtText.Of(entity.Uid.Id) is { } id ? $"(E {type} {id})" : null,
            _ when Scale.Of(value) is var (type, at) => $"({Sort(type).Constructor} {SmtText.Of(at)})",
            _ => $"({Sort(Scale.TypeOf(value)).Constructor} {Compound(value)})",
        };
        if (literal is not null)
            _literals.Add(value, literal);
        return literal;
    }

    /// <summary>What is certain of the places, whatever is asked: the declarations, one a line, then what is asserted.</summary>
    public (List<string> Declarations, List<string> Assertions) Certain()
    {
        var (declarations, assertions) = (new List<string>(), new List<string>());
        foreach (var number in _containers.Values)
            declarations.Add(string.Create(CultureInfo.InvariantCulture, $"(declare-fun in{number} (Value) Bool)"));
        foreach (var term in Terms.ToArray())
        {
            declarations.Add($"(declare-const {Name('a', Number(term))} Int)(declare-const {Value(term)} Value)(declare-const {Poison(term)} Bool) ; {term.Path.ReplaceLineEndings(" ")}");
            assertions.AddRange(Certain(term));
        }

        foreach (var (container, number) in _containers)
            assertions.AddRange(Within(container, number));
        foreach (var (set, number) in _compounds.Where(compound => compound.Key is SetValue).ToArray())
        {
            assertions.Add($"(= (empty {number}) {(((SetValue)set).Elements.IsEmpty ? "true" : "false")})");
            foreach (var element in Elements.Where(element => Literal(element) is not null))
                assertions.Add($"(= (holds {number} {Literal(element)}) {(((SetValue)set).Contains(element) ? "true" : "false")})");
        }

        return (declarations, assertions);
    }

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private IEnumerable<string> Certain(Term term)
    {
        var state = _start.StateOf(term);
        var readable = Stands(term, Access.Readable);
        yield return Stands(term, state.Access);
        yield return $"(=> {readable} {IsOf(term, state.Types)})";
        yield return $"(=> {Poison(term)} {IsOf(term, ValueTypes.Set | ValueTypes.Record)})";
        foreach (var (type, (least, most)) in state.Bounds)
            yield return $"(=> {IsOf(term, type)} (<= {SmtText.Of(least)} ({Sort(type).Selector} {Value(term)}) {SmtText.Of(most)}))";
        if (state.OneOf is { } values && values.All(value => Literal(value) is not null))
            yield return $"(=> {readable} {SmtText.Either([.. values.Select(value => $"(= {Value(term)} {Literal(value)})")])})";
        if (state.EntityType is { } entity && SmtText.Of(entity.Value) is { } name)
            yield return $"(=> {IsOf(term, ValueTypes.Entity)} (= (type {Value(term)}) {name}))";
        foreach (var element in Elements.Where(element => Literal(element) is not null))
            yield return $"(=> {IsOf(term, ValueTypes.Set)} (=> (holds (set {Value(term)}) {Literal(element)}) (not (empty (set {Value(term)})))))";

        // What is read, or seen not to be there, is so of something that can be read itself.
        if (term.Parent is { } parent)
            yield return $"(=> {Stands(term, Access.Readable | Access.Absent)} (and {Stands(parent, Access.Readable)} {IsOf(parent, ValueTypes.Record | ValueTypes.Entity)}))";
    }

    // An entity is in itself; what is listed is in what the store says; and what is in something is in all that it is in.
    private IEnumerable<string> Within(EntityUid container, int number)
    {
        if (Literal(container) is { } itself)
            yield return $"(in{number} {itself})";
        foreach (var entity in _literals.Keys.OfType<EntityValue>().Where(entity => space.Entities.TryGet(entity.Uid, out _)).ToArray())
            yield return $"(= (in{number} {Literal(entity)}) {(space.Entities.IsIn(entity.Uid, container) ? "true" : "false")})";
        foreach (var (over, other) in _containers.Where(other => other.Value != number && space.Entities.IsIn(container, other.Key)))
        {
            foreach (var term in Terms)
                yield return $"(=> {IsOf(term, ValueTypes.Entity)} (=> (in{number} {Value(term)}) (in{other} {Value(term)})))";
        }
    }

    private int Compound(Value value)
    {
        if (!_compounds.TryGetValue(value, out var number))
            _compounds.Add(value, number = _compounds.Count);
        return number;
    }
}
