using System.Collections.Immutable;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Schemas;

/// <summary>A type of a schema with all names resolved. Closed: one nested record per form. Immutable; compared by content.</summary>
public abstract record SchemaType
{
    private SchemaType()
    {
    }

    /// <summary>How many types it is built of, itself included; a type that is named twice counts twice. At most <see cref="Schema.MaxTypeSize"/>.</summary>
    public virtual int Size => 1;

    /// <summary>How many types lie on the longest way down, itself included. At most <see cref="Schema.MaxTypeHeight"/>.</summary>
    public virtual int Height => 1;

    /// <summary>The type in Cedar's schema syntax, built-in types under their full names.</summary>
    public sealed override string ToString() => this switch
    {
        Bool => "__cedar::Bool",
        Long => "__cedar::Long",
        String => "__cedar::String",
        Extension extension => "__cedar::" + extension.Kind.ToString().ToLowerInvariant(),
        Entity entity => entity.Name.Value,
        Set set => $"Set<{set.Element}>",
        Any => "anything",
        Record record => "{" + string.Join(", ", record.Attributes.Select(item => $"{SchemaPrinter.Word(item.Key)}{(item.Value.IsRequired ? "" : "?")}: {item.Value.Type}").Concat(record.IsOpen ? ["..."] : [])) + "}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Values of which nothing is said but that they are no entities; see <see cref="TypeSyntax.Any"/>.</summary>
    public sealed record Any : SchemaType;

    /// <summary>Booleans.</summary>
    public sealed record Bool : SchemaType;

    /// <summary>Integers of 64 bits.</summary>
    public sealed record Long : SchemaType;

    /// <summary>Strings.</summary>
    public sealed record String : SchemaType;

    /// <summary>Values of an extension type.</summary>
    /// <param name="Kind">Which one.</param>
    public sealed record Extension(ExtensionType Kind) : SchemaType;

    /// <summary>References to entities of one type, or to actions.</summary>
    /// <param name="Name">The type of the entities.</param>
    public sealed record Entity(EntityTypeName Name) : SchemaType;

    /// <summary>Sets.</summary>
    /// <param name="Element">The type of all elements.</param>
    public sealed record Set(SchemaType Element) : SchemaType
    {
        /// <inheritdoc/>
        public override int Size { get; } = Sum(1, Element.Size);

        /// <inheritdoc/>
        public override int Height { get; } = Sum(1, Element.Height);
    }

    /// <summary>Records with these attributes and, unless they are open, no others.</summary>
    public sealed record Record : SchemaType
    {
        /// <summary>Creates a record type; without attributes when none are given.</summary>
        public Record(IEnumerable<KeyValuePair<string, SchemaAttribute>>? attributes = null)
        {
            Attributes = (attributes ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
            foreach (var attribute in Attributes.Values)
            {
                Size = Sum(Size, attribute.Type.Size);
                Height = Math.Max(Height, Sum(1, attribute.Type.Height));
            }
        }

        /// <summary>The attributes by name, in ordinal order.</summary>
        public ImmutableSortedDictionary<string, SchemaAttribute> Attributes { get; }

        /// <summary>Whether there may be other attributes, of which nothing is said; false by default.</summary>
        public bool IsOpen { get; init; }

        /// <inheritdoc/>
        public override int Size { get; } = 1;

        /// <inheritdoc/>
        public override int Height { get; } = 1;

        /// <inheritdoc/>
        public bool Equals(Record? other) => other is not null && IsOpen == other.IsOpen && Size == other.Size && Height == other.Height && Attributes.SequenceEqual(other.Attributes);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Size, Height, Attributes.Count);
    }

    // Aliases of aliases grow exponentially; what is too large to count is too large.
    private static int Sum(int left, int right) => (int)Math.Min(int.MaxValue, (long)left + right);
}
