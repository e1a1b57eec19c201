namespace Writ.Governance.Schemas.Values;

/// <summary>
/// One JSON value, read once: strings decoded and known to be Unicode, numbers exact, no member named twice. Equality is
/// that of JSON Schema (2020-12 core, 4.2.2): 1 and 1.0 are equal, the order of members is not looked at. Not changed
/// after the reader has handed it out; safe for any number of threads.
/// </summary>
internal abstract class Datum(DatumKind kind, int hash, int weight = 1) : IEquatable<Datum>
{
    /// <summary>How many UTF-16 units of text are one step's worth.</summary>
    public const int UnitsPerStep = 64;

    private readonly int _hash = HashCode.Combine((int)kind, hash);

    public DatumKind Kind { get; } = kind;

    /// <summary>What it costs to look at all of this value, in evaluation steps: one a value and one more a <see cref="UnitsPerStep"/> of text.</summary>
    public int Weight { get; private set; } = weight;

    /// <summary>The array or object that holds this value; null at the root.</summary>
    public Datum? Parent { get; private set; }

    /// <summary>The name or the position under which <see cref="Parent"/> holds this value; empty at the root.</summary>
    public string Token => _name ?? (Parent is null ? "" : _index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private string? _name;
    private int _index;

    public bool Equals(Datum? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Kind == other.Kind && SameContent(other));

    public sealed override bool Equals(object? obj) => Equals(obj as Datum);

    public sealed override int GetHashCode() => _hash;

    /// <summary>Whether the content is equal, where <paramref name="other"/> is of the same kind.</summary>
    protected abstract bool SameContent(Datum other);

    /// <summary>What a message may say of this value: its kind and size, never its content.</summary>
    public abstract string Describe();

    protected void Hold(Datum child, string? name, int index)
    {
        child.Parent = this;
        Weight += child.Weight + ((name?.Length ?? 0) / UnitsPerStep);
        child._name = name;
        child._index = index;
    }
}
