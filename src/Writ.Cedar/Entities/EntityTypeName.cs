using System.Diagnostics.CodeAnalysis;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Entities;

/// <summary>
/// The name of an entity type, such as <c>User</c> or <c>Writ::Agent</c>: identifiers joined by <c>::</c>, without spaces, none of
/// them a reserved word. Immutable; compared ordinally.
/// </summary>
public sealed record EntityTypeName
{
    private EntityTypeName(string value) => Value = value;

    /// <summary>The name as written.</summary>
    public string Value { get; }

    /// <summary>The last identifier, such as <c>Agent</c> of <c>Writ::Agent</c>.</summary>
    public string BaseName => Value[(Value.LastIndexOf(':') + 1)..];

    /// <summary>Whether entities of this type are actions: its last identifier is <c>Action</c>.</summary>
    public bool IsAction => Value == "Action" || Value.EndsWith("::Action", StringComparison.Ordinal);

    /// <summary>Reads a name; false when <paramref name="text"/> is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EntityTypeName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text))
            return false;
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOf("::");
            if (!Identifier.IsUsable(end < 0 ? rest : rest[..end]))
                return false;
            if (end < 0)
                break;
            rest = rest[(end + 2)..];
        }

        name = new EntityTypeName(text);
        return true;
    }

    /// <summary>Reads a name that the program itself states.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not a name.</exception>
    public static EntityTypeName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException($"'{text}' is not the name of an entity type.", nameof(text));

    /// <summary>The name as written.</summary>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public bool Equals(EntityTypeName? other) => other is not null && (ReferenceEquals(this, other) || Value == other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}
