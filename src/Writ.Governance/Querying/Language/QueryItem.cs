using Writ.Governance.Querying.Indexing;

namespace Writ.Governance.Querying.Language;

/// <summary>One column of an answer.</summary>
public abstract record QueryItem
{
    private QueryItem()
    {
    }

    /// <summary>How it is written in a query, and its heading.</summary>
    public abstract string Name { get; }

    /// <summary>A field of each record.</summary>
    public sealed record Field(QueryField Of) : QueryItem
    {
        public override string Name => Of.Name;
    }

    /// <summary>What the records of a group have in common: a field, or the hour, day or month.</summary>
    public sealed record Key(QueryField Of, TimeUnit? Unit) : QueryItem
    {
        public override string Name => Unit is { } unit ? unit.ToString().ToLowerInvariant() : Of.Name;
    }

    /// <summary>A number made of all records of a group.</summary>
    public sealed record Aggregate(AggregateKind Kind, QueryField? Of, int Percent) : QueryItem
    {
        public override string Name => Kind switch
        {
            AggregateKind.Count => "count",
            AggregateKind.Average => $"avg({Of!.Name})",
            AggregateKind.Percentile => $"p{Percent}({Of!.Name})",
            _ => $"{Kind.ToString().ToLowerInvariant()}({Of!.Name})",
        };
    }
}
