using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation.Typing;

/// <summary>
/// A type of an expression. Finer than a schema's: a Boolean may be known, an entity may be of one of several types, a record may have
/// attributes that are not named. Closed. Immutable.
/// </summary>
internal abstract record Ty
{
    public static readonly Ty AnyBool = new Bool(null);
    public static readonly Ty True = new Bool(true);
    public static readonly Ty False = new Bool(false);
    public static readonly Ty Integer = new Long();
    public static readonly Ty Text = new String();
    public static readonly Ty Anything = new Any();

    /// <summary>A record of which nothing is known.</summary>
    public static readonly Ty AnyRecord = new Record(ImmutableSortedDictionary<string, TyAttribute>.Empty.WithComparers(StringComparer.Ordinal), true) { IsUntyped = true };

    private Ty()
    {
    }

    public static Ty Of(bool value) => value ? True : False;

    public static Ty Reference(EntityTypeName name) => new Entity([name]);

    /// <summary>The type in words of the schema.</summary>
    public sealed override string ToString() => this switch
    {
        Never => "nothing",
        Any => "anything",
        Bool => "Bool",
        Long => "Long",
        String => "String",
        Extension extension => extension.Kind.ToString().ToLowerInvariant(),
        Entity entity => string.Join(" or ", entity.Names),
        Set set => $"Set<{set.Element}>",
        Record record => "{" + string.Join(", ", record.Attributes.Take(20).Select(item => $"{SchemaPrinter.Word(item.Key)}{(item.Value.IsRequired ? "" : "?")}: {item.Value.Type.Short}")) + (record.IsOpen || record.Attributes.Count > 20 ? ", ..." : "") + "}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // A message does not write out records in records.
    private string Short => this switch { Record => "{...}", Set { Element: Record or Set } => "Set<...>", _ => ToString() };

    /// <summary>The type of the elements of an empty set.</summary>
    public sealed record Never : Ty;

    /// <summary>A value that is no entity, and of which nothing else is known: it is taken for what it is used as.</summary>
    public sealed record Any : Ty;

    public sealed record Bool(bool? Value) : Ty;

    public sealed record Long : Ty;

    public sealed record String : Ty;

    public sealed record Extension(ExtensionType Kind) : Ty;

    /// <summary>An entity of one of these types; at least one.</summary>
    public sealed record Entity(ImmutableHashSet<EntityTypeName> Names) : Ty
    {
        public EntityTypeName? Single => Names.Count == 1 ? Names.First() : null;
    }

    public sealed record Set(Ty Element) : Ty;

    /// <summary>A record; when it is open, one that may have other attributes too.</summary>
    public sealed record Record(ImmutableSortedDictionary<string, TyAttribute> Attributes, bool IsOpen) : Ty
    {
        /// <summary>Whether the other attributes of an open record may be read, each as <see cref="Any"/>.</summary>
        public bool IsUntyped { get; init; }
    }
}
