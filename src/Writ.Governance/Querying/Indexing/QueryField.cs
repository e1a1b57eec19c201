using System.Collections.Immutable;

namespace Writ.Governance.Querying.Indexing;

/// <summary>One field that queries know. Immutable.</summary>
/// <param name="Name">Its name in queries and answers.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">For people.</param>
public sealed record QueryField(string Name, FieldKind Kind, string Meaning)
{
    /// <summary>The only words the field ever holds; empty where it may hold any.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Its column in the index.</summary>
    public int Column { get; internal init; }

    /// <summary>Whether it is a number, to be summed and ordered by.</summary>
    public bool IsNumber => Kind is FieldKind.Time or FieldKind.Amount or FieldKind.Span or FieldKind.Count;
}
