using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Json;

namespace Writ.Identity.Delegation.Constraints;

/// <summary>A JSON value that is compared by its canonical form (RFC 8785): 1 and 1.0 are one value, and so are two orders of one object's keys. Immutable.</summary>
public sealed class ConstraintValue : IEquatable<ConstraintValue>
{
    private ConstraintValue(JsonElement element, string canonical) => (Element, Canonical) = (element, canonical);

    /// <summary>The value.</summary>
    public JsonElement Element { get; }

    /// <summary>Its canonical form.</summary>
    public string Canonical { get; }

    /// <summary>Takes a value; false when it has no canonical form.</summary>
    public static bool TryCreate(JsonElement element, [NotNullWhen(true)] out ConstraintValue? value)
    {
        value = Jcs.TryCanonicalize(element, out var canonical, out _) ? new ConstraintValue(element.Clone(), Encoding.UTF8.GetString(canonical)) : null;
        return value is not null;
    }

    /// <summary>Takes a text.</summary>
    public static ConstraintValue Of(string text) => Parse(JsonSerializer.SerializeToUtf8Bytes(text));

    /// <summary>Takes a whole number of at most 2^53.</summary>
    /// <exception cref="ArgumentException">The number cannot be written exactly.</exception>
    public static ConstraintValue Of(long number) => Parse(JsonSerializer.SerializeToUtf8Bytes(number));

    /// <summary>Equality of the canonical forms.</summary>
    public bool Equals(ConstraintValue? other) => other is not null && Canonical == other.Canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConstraintValue);

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical form.</summary>
    public override string ToString() => Canonical;

    private static ConstraintValue Parse(byte[] json) =>
        TryCreate(JsonElement.Parse(json), out var value) ? value : throw new ArgumentException("the value has no canonical form");
}
