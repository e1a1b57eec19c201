using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>Makes a request of what a branch of a search settled. The request need not keep to relations and opaque facts: it has to be checked.</summary>
/// <param name="state">What is settled.</param>
/// <param name="attempt">Which of several values to take where several will do.</param>
internal sealed class ExampleBuilder(SearchState state, int attempt)
{
    /// <summary>How many attempts differ.</summary>
    public const int Attempts = 12;

    private readonly RequestSpace _space = state.Space;
    private readonly List<Entity> _entities = [];
    private readonly Dictionary<string, Value> _made = [];
    private readonly ILookup<string, Term> _members = TermsOf(state);

    /// <summary>A request and the entities with it; null when no value was found for a place, or the entities contradict those of the space.</summary>
    public (Request Request, EntityStore Entities)? Build()
    {
        if (Principal() is not { } principal || Record(Term.Of(Variable.Context)) is not { } context)
            return null;
        foreach (var (copy, original) in _space.Copies)
        {
            var parts = copy.Split('.');
            if (parts is ["context", var name] && _made.TryGetValue(original, out var value) && !context.TryGet(name, out _))
                context = Joined(context, name, value);
        }

        return _space.Entities.With(_entities) is EntityStoreResult.Built built
            ? (new Request(principal, _space.Action, _space.Resource, context), built.Store)
            : null;
    }

    private EntityUid? Principal()
    {
        var term = Term.Of(Variable.Principal);
        var settled = state.StateOf(term);
        var uid = settled.OneOf is [EntityValue one] ? one.Uid : _space.Principal;
        if (!settled.Admits(uid, _space.Entities) || Record(term) is not { } attributes)
            return null;
        if (!_space.Entities.TryGet(uid, out _))
            _entities.Add(new Entity(uid, settled.Containers.Where(over => !over.Equals(uid)), attributes));
        return uid;
    }

    private RecordValue? Record(Term term)
    {
        var record = new RecordBuilder();
        foreach (var member in _members[term.Path].OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var settled = state.StateOf(member);
            if (!settled.Access.HasFlag(Access.Readable))
            {
                if (!settled.Access.HasFlag(Access.Absent))
                    record.Add(member.Name, new PoisonValue("it could not be represented"));
                continue;
            }

            // Where it need not be there, it is left out, unless something is asked of it or under it.
            if (settled.Access != Access.Readable && settled.Access.HasFlag(Access.Absent) && attempt % 2 == 0 && !NeedsMembers(member))
                continue;
            if (ValueOf(member, settled) is not { } value)
                return null;
            _made[member.Path] = value;
            record.Add(member.Name, value);
        }

        return record.Build();
    }

    private bool NeedsMembers(Term term) => _members[term.Path].Any(member =>
    {
        var access = state.StateOf(member).Access;
        return !access.HasFlag(Access.Broken) || NeedsMembers(member);
    });

    private Value? ValueOf(Term term, TermState settled)
    {
        if (settled.OneOf is [var only, ..])
            return settled.OneOf.Value[attempt % settled.OneOf.Value.Length];
        if (Equated(term) is { } same && settled.Admits(same, _space.Entities))
            return same;
        var members = _members[term.Path].Any();
        if (members && settled.Types.HasFlag(ValueTypes.Record))
            return Record(term);
        if (members && settled.Types.HasFlag(ValueTypes.Entity))
        {
            var uid = Fresh(term, settled);
            if (Record(term) is not { } attributes)
                return null;
            _entities.Add(new Entity(uid, settled.Containers, attributes));
            return uid;
        }

        return Candidates(term, settled).Select(candidate => (Value?)candidate).FirstOrDefault(candidate => settled.Admits(candidate!, _space.Entities));
    }

    private Value? Equated(Term term) => state.Relations.OfType<Fact.Same>()
        .Where(same => same.Wanted && (same.Left.Equals(term) || same.Right.Equals(term)))
        .Select(same => _made.GetValueOrDefault((same.Left.Equals(term) ? same.Right : same.Left).Path))
        .FirstOrDefault(value => value is not null);

    private IEnumerable<Value> Candidates(Term term, TermState settled)
    {
        if (settled.Types.HasFlag(ValueTypes.String))
        {
            foreach (var text in settled.Text.Candidates())
                yield return text;
            yield return $"v{attempt}-{term.Name}";
        }

        foreach (var (type, (least, most)) in settled.Bounds.OrderBy(bound => bound.Key))
        {
            if (!settled.Types.HasFlag(type))
                continue;
            Int128[] starts = (attempt % 3) switch
            {
                0 => [least > 0 ? least : most < 0 ? most : 0, least, most],
                1 => [least > long.MinValue ? least : most, most],
                _ => [most < long.MaxValue ? most : least, least],
            };
            foreach (var start in starts)
            {
                for (var step = 0; step <= settled.Excluded.Count; step++)
                {
                    foreach (var at in (Int128[])[start + step, start - step])
                    {
                        if (at >= least && at <= most)
                            yield return Scale.Make(type, (long)at);
                    }
                }
            }
        }

        yield return attempt % 2 == 0;
        yield return attempt % 2 != 0;
        if (settled.Types.HasFlag(ValueTypes.Entity))
        {
            var uid = Fresh(term, settled);
            if (settled.Containers.Count > 0)
                _entities.Add(new Entity(uid, settled.Containers));
            yield return uid;
        }

        if (settled.HasPoisonWithin == true)
        {
            yield return SetValue.Of([.. settled.Held, new PoisonValue("it could not be represented")]);
            yield return RecordValue.Of(("unread", new PoisonValue("it could not be represented")));
        }

        yield return SetValue.Of(settled.Held);
        yield return SetValue.Of([.. settled.Held, $"v{attempt}"]);
        yield return RecordValue.Empty;
        yield return new IpValue(true, 1, 32);
    }

    private static EntityUid Fresh(Term term, TermState settled)
    {
        var type = settled.EntityType ?? EntityTypeName.Parse("Example");
        while (settled.NotTypes.Contains(type))
            type = EntityTypeName.Parse(type.Value + "x");
        return new EntityUid(type, term.Path);
    }

    private static RecordValue Joined(RecordValue record, string name, Value value)
    {
        var joined = new RecordBuilder(record.Count + 1);
        foreach (var (own, held) in record.Attributes)
            joined.Add(own, held);
        return joined.Add(name, value).Build();
    }

    // The places that are spoken of, and those that are always there; with all that they are in.
    private static ILookup<string, Term> TermsOf(SearchState state)
    {
        var all = new HashSet<Term>();
        void Add(Term term)
        {
            if (all.Add(term) && term.Parent is not null)
                Add(term.Parent);
        }

        foreach (var (term, _) in state.Terms.Values)
            Add(term);
        foreach (var (path, domain) in state.Space.Attributes)
        {
            var parts = path.Split('.');
            if (domain.Required && parts[0] is "principal" or "context")
                Add(parts.Skip(1).Aggregate(Term.Of(Enum.Parse<Variable>(parts[0], ignoreCase: true)), (term, name) => term.Member(name)));
        }

        return all.Where(term => term.Parent is not null).ToLookup(term => term.Parent!.Path);
    }
}
