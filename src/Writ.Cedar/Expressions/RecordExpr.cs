using System.Collections.Immutable;

namespace Writ.Cedar.Expressions;

/// <summary><c>{a: x, "b c": y}</c>: a record of the attributes' values.</summary>
public sealed record RecordExpr : Expr
{
    /// <summary>Creates a record.</summary>
    /// <exception cref="ArgumentException">A name is given twice.</exception>
    public RecordExpr(ImmutableArray<KeyValuePair<string, Expr>> attributes)
        : base([.. attributes.Select(attribute => attribute.Value)])
    {
        if (attributes.Select(attribute => attribute.Key).Distinct(StringComparer.Ordinal).Count() != attributes.Length)
            throw new ArgumentException("A record has each name once.", nameof(attributes));
        Attributes = attributes;
    }

    /// <summary>The attributes, in the order of the text; names are distinct.</summary>
    public ImmutableArray<KeyValuePair<string, Expr>> Attributes { get; }

    /// <inheritdoc/>
    public override IEnumerable<Expr> Children => Attributes.Select(attribute => attribute.Value);

    /// <inheritdoc/>
    public bool Equals(RecordExpr? other) => base.Equals(other) && Attributes.AsSpan().SequenceEqual(other.Attributes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Height, Attributes.Length);
}
