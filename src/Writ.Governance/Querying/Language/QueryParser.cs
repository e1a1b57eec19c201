using System.Collections.Immutable;
using System.Globalization;
using Writ.Cedar;
using Writ.Governance.Querying.Indexing;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Language;

/// <summary>
/// Reads a query: a filter, then what to group by, show, order by, and how many rows. Where something is wrong it stops there and says
/// so: a query that is half understood is not asked. Not thread safe.
/// </summary>
internal sealed class QueryParser(string text, List<Token> tokens, IRecordNames names, int limit)
{
    private const int MaxDepth = 32;
    private const int MaxKeys = 3;
    private const int MaxItems = 32;
    private const string Person = "person";

    private static readonly string[] Clauses = ["group", "show", "order", "limit"];
    private static readonly string[] Signs = ["=", "!=", "<", "<=", ">", ">=", "~"];
    private static readonly string[] Aggregates = ["count", "sum", "min", "max", "avg", "p50", "p90", "p95", "p99"];
    private static readonly string[] Units = ["hour", "day", "month"];
    private static readonly string[] Shown = ["at", "agent", "action", "outcome", "amount", "approver", "status", "id"];

    private readonly Comparison _comparison = new(names);
    private QueryProblem? _problem;
    private bool _namesKind;
    private int _at;

    private Token Next => tokens[_at];

    public QueryReading Parse()
    {
        RowFilter? filter = Next.Kind == TokenKind.End || IsClause(Next) ? new RowFilter.All([]) : Either(0);
        var isAlone = Next.Kind == TokenKind.End;
        var keys = filter is null ? [] : Keys();
        var items = _problem is null ? Items(!keys.IsEmpty) : [];
        if (keys.Length > 0 && items.OfType<QueryItem.Field>().FirstOrDefault() is { } single)
            Fail(Next, $"{single.Name} is not the same for all records of a group: group by it as well, or show count, sum(…) and the like");
        var (ordered, ascending) = _problem is null ? Order(keys, items) : default;
        var most = _problem is null ? Limit() : 0;
        if (_problem is null && Next.Kind != TokenKind.End)
            Fail(Next, $"'{Next.Text}' does not belong here{Meant(Next.Text, ["and", "or", .. Clauses])}; after a filter come 'and', 'or', 'group by', 'show', 'order by' and 'limit', in this order");
        if (_problem is not null)
            return new QueryReading.Wrong(_problem);
        return new QueryReading.Read(new RecordQuery
        {
            Text = text,
            Filter = _namesKind ? filter! : new RowFilter.All([new RowFilter.Text(QueryFields.Kind.Column, kind => kind.SequenceEqual("decision"u8)), filter!]),
            Keys = keys,
            Items = items,
            OrderedBy = ordered,
            IsAscending = ascending,
            Limit = most,
            IsFilterAlone = isAlone,
        });
    }

    private RowFilter? Either(int depth)
    {
        var filters = ImmutableArray.CreateBuilder<RowFilter>();
        do
        {
            if (Both(depth) is not { } filter)
                return null;
            filters.Add(filter);
        }
        while (TakeKeyword("or"));
        return filters.Count == 1 ? filters[0] : new RowFilter.OneOf(filters.ToImmutable());
    }

    private RowFilter? Both(int depth)
    {
        var filters = ImmutableArray.CreateBuilder<RowFilter>();
        do
        {
            if (One(depth) is not { } filter)
                return null;
            filters.Add(filter);
        }
        while (TakeKeyword("and"));
        return filters.Count == 1 ? filters[0] : new RowFilter.All(filters.ToImmutable());
    }

    private RowFilter? One(int depth)
    {
        if (depth > MaxDepth)
            return Fail(Next, $"more than {MaxDepth} brackets and 'not's in each other");
        if (TakeKeyword("not"))
            return One(depth + 1) is { } inner ? new RowFilter.Not(inner) : null;
        if (TakeKeyword("has"))
            return FieldsHere() is { } held ? Any(held, f => new RowFilter.Has(f.Column)) : null;
        if (!TakeSign("("))
            return Compared();
        if (Either(depth + 1) is not { } filter)
            return null;
        return TakeSign(")") ? filter : Fail(Next, "a bracket is not closed: expected ')'");
    }

    private RowFilter? Compared()
    {
        if (FieldsHere() is not { } fields)
            return null;
        var negated = TakeKeyword("not");
        if (TakeKeyword("in"))
            return Listed(fields) is { } listed ? negated ? new RowFilter.Not(listed) : listed : null;
        if (negated || Next.Kind != TokenKind.Sign || !Signs.Contains(Next.Text))
            return Fail(Next, $"expected {(negated ? "'in'" : "=, !=, <, <=, >, >=, ~ or in")} after {tokens[_at - 1].Text}");
        var sign = tokens[_at++].Text;
        return Value() is not { } value ? null
            : sign == "!=" ? Compare(fields, "=", value) is { } equal ? new RowFilter.Not(equal) : null
            : Compare(fields, sign, value);
    }

    private RowFilter? Listed(ImmutableArray<QueryField> fields)
    {
        if (!TakeSign("("))
            return fields is [{ Kind: FieldKind.Time }] && Value() is { } period ? Compare(fields, "=", period) : Fail(Next, "expected '(' and a list of values");
        var filters = ImmutableArray.CreateBuilder<RowFilter>();
        do
        {
            if (Value() is not { } value || Compare(fields, "=", value) is not { } filter)
                return null;
            filters.Add(filter);
        }
        while (TakeSign(","));
        return TakeSign(")") ? new RowFilter.OneOf(filters.ToImmutable()) : Fail(Next, "expected ',' or ')' in a list of values");
    }

    private RowFilter? Compare(ImmutableArray<QueryField> fields, string sign, Token value) => Any(fields, field =>
    {
        var filter = _comparison.Of(field, sign, value, out var problem);
        _problem ??= problem;
        return filter;
    });

    private static RowFilter? Any(ImmutableArray<QueryField> fields, Func<QueryField, RowFilter?> filter)
    {
        var filters = fields.Select(filter).OfType<RowFilter>().ToImmutableArray();
        return filters.Length < fields.Length ? null : filters.Length == 1 ? filters[0] : new RowFilter.OneOf(filters);
    }

    /// <summary>The fields that a name in a filter stands for: one, or for a person all that name people.</summary>
    private ImmutableArray<QueryField>? FieldsHere()
    {
        if (Next.IsKeyword(Person) && ++_at > 0)
            return [QueryFields.Owner, QueryFields.StartedBy, QueryFields.Approver];
        if (Field([Person]) is not { } field)
            return null;
        _namesKind |= field == QueryFields.Kind;
        return [field];
    }

    private QueryField? Field(string[] others)
    {
        if (Next.Kind == TokenKind.Word && QueryFields.ByName.TryGetValue(Next.Text, out var field))
        {
            _at++;
            return field;
        }

        Fail(Next, Next.Kind == TokenKind.End ? "expected the name of a field"
            : $"there is no field '{Next.Text}'{Meant(Next.Text, [.. QueryFields.All.Select(f => f.Name), .. others])}");
        return null;
    }

    private Token? Value()
    {
        if (Next.Kind is TokenKind.Quoted || (Next.Kind is TokenKind.Word && !IsClause(Next)))
            return tokens[_at++];
        Fail(Next, "expected a value: a word, a number, a date, or a quoted text");
        return null;
    }

    private ImmutableArray<QueryItem.Key> Keys()
    {
        var keys = ImmutableArray.CreateBuilder<QueryItem.Key>();
        if (!TakeKeyword("group"))
            return [];
        if (!TakeKeyword("by"))
            Fail(Next, "expected 'by' after 'group'");
        while (_problem is null)
        {
            if (Units.FirstOrDefault(Next.IsKeyword) is { } unit && ++_at > 0)
                keys.Add(new QueryItem.Key(QueryFields.At, Enum.Parse<TimeUnit>(unit, ignoreCase: true)));
            else if (tokens[_at] is var here && Field(Units) is { } field)
            {
                if (field.Kind is FieldKind.Id or FieldKind.Time)
                    Fail(here, $"{field.Name} differs from record to record: group by hour, day, month or another field");
                keys.Add(new QueryItem.Key(field, null));
            }

            if (keys.Count > MaxKeys)
                Fail(Next, $"records are grouped by at most {MaxKeys} fields");
            if (!TakeSign(","))
                break;
        }

        return keys.ToImmutable();
    }

    private ImmutableArray<QueryItem> Items(bool grouped)
    {
        if (!TakeKeyword("show"))
            return grouped ? [new QueryItem.Aggregate(AggregateKind.Count, null, 0)] : [.. Shown.Select(name => new QueryItem.Field(QueryFields.ByName[name]))];
        var items = ImmutableArray.CreateBuilder<QueryItem>();
        do
        {
            var here = Next;
            if (Item() is not { } item)
                return [];
            if (items.Count > 0 && (items[0] is QueryItem.Field) != (item is QueryItem.Field))
                Fail(here, "fields of single records and numbers made of many do not stand in one answer: group by the fields");
            items.Add(item);
            if (items.Count > MaxItems)
                Fail(here, $"at most {MaxItems} columns are shown");
        }
        while (_problem is null && TakeSign(","));
        return items.ToImmutable();
    }

    private QueryItem? Item()
    {
        if (Aggregates.FirstOrDefault(Next.IsKeyword) is not { } name)
            return Field(Aggregates) is { } field ? new QueryItem.Field(field) : null;
        _at++;
        if (name == "count")
            return new QueryItem.Aggregate(AggregateKind.Count, null, 0);
        var kind = name switch
        {
            "sum" => AggregateKind.Sum,
            "min" => AggregateKind.Min,
            "max" => AggregateKind.Max,
            "avg" => AggregateKind.Average,
            _ => AggregateKind.Percentile,
        };
        if (!TakeSign("("))
            Fail(Next, $"expected '(' and a field after {name}");
        var here = Next;
        if (_problem is not null || Field([]) is not { } of)
            return null;
        if (!of.IsNumber || (of.Kind == FieldKind.Time && kind is not (AggregateKind.Min or AggregateKind.Max)))
            Fail(here, $"{name} needs a number: {string.Join(", ", QueryFields.All.Where(f => f.IsNumber && f.Kind != FieldKind.Time).Select(f => f.Name))}");
        if (!TakeSign(")"))
            Fail(Next, "expected ')'");
        return new QueryItem.Aggregate(kind, of, kind == AggregateKind.Percentile ? int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) : 0);
    }

    private (QueryItem? By, bool Ascending) Order(ImmutableArray<QueryItem.Key> keys, ImmutableArray<QueryItem> items)
    {
        if (!TakeKeyword("order"))
            return default;
        if (!TakeKeyword("by"))
            Fail(Next, "expected 'by' after 'order'");
        var here = Next;
        var isKey = keys.FirstOrDefault(k => here.IsKeyword(k.Name));
        QueryItem? by = _problem is not null ? null : isKey is not null && ++_at > 0 ? isKey : Item();
        if (_problem is null && (items is [QueryItem.Aggregate, ..]
            ? by is not QueryItem.Key && !items.Contains(by!)
            : by is not QueryItem.Field { Of.IsNumber: true }))
            Fail(here, items is [QueryItem.Aggregate, ..] ? "groups are ordered by what they are grouped by or by what is shown of them" : "records are ordered by a time or a number");
        return (by, TakeKeyword("asc") || (!TakeKeyword("desc") && by is QueryItem.Key));
    }

    private int Limit()
    {
        if (!TakeKeyword("limit"))
            return limit;
        if (int.TryParse(Next.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= RecordQuery.MaxLimit)
            _at++;
        else
            Fail(Next, $"limit: 1 to {RecordQuery.MaxLimit}");
        return most;
    }

    private static bool IsClause(Token token) => Array.Exists(Clauses, token.IsKeyword);

    private bool TakeKeyword(string word)
    {
        var taken = _problem is null && Next.IsKeyword(word);
        _at += taken ? 1 : 0;
        return taken;
    }

    private bool TakeSign(string sign)
    {
        var taken = _problem is null && Next.IsSign(sign);
        _at += taken ? 1 : 0;
        return taken;
    }

    private RowFilter? Fail(Token where, string message)
    {
        _problem ??= new QueryProblem(where.Position, message);
        return null;
    }

    private static string Meant(string word, IEnumerable<string> candidates) => Suggestion.Nearest(word, candidates) is { } near ? $": did you mean {near}?" : "";
}
