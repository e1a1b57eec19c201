using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Entities;

/// <summary>The identity of an entity: a type and an id, written <c>User::"alice"</c>. Immutable; compared ordinally.</summary>
public sealed record EntityUid
{
    private readonly int _hash;
    private EntityValue? _value;

    /// <summary>Names an entity. Any string is an id, the empty one included.</summary>
    public EntityUid(EntityTypeName type, string id)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(id);
        Type = type;
        Id = id;
        _hash = HashCode.Combine(type, id);
    }

    /// <summary>Names an entity whose type the program itself states.</summary>
    /// <exception cref="ArgumentException"><paramref name="type"/> is not the name of a type.</exception>
    public EntityUid(string type, string id)
        : this(EntityTypeName.Parse(type), id)
    {
    }

    /// <summary>The type.</summary>
    public EntityTypeName Type { get; }

    /// <summary>The id within the type.</summary>
    public string Id { get; }

    /// <summary>The reference to the entity, made when it is first asked for: decisions need it and must not allocate.</summary>
    internal EntityValue AsValue => _value ??= new EntityValue(this);

    /// <summary>The Cedar literal, its id quoted and escaped.</summary>
    public override string ToString() => $"{Type.Value}::{StringLiteral.Quote(Id)}";

    /// <inheritdoc/>
    public bool Equals(EntityUid? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Id == other.Id && Type.Equals(other.Type));

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
