using System.Collections.Immutable;

namespace Writ.Cedar.Validation.Typing;

/// <summary>
/// How types relate. In strict mode only types that are alike meet; in permissive mode entity types join, and records lose the attributes
/// that they do not share.
/// </summary>
internal sealed class TypeRelations(bool isStrict, Effort effort)
{
    /// <summary>Whether every value of the first type is one of the second.</summary>
    public bool IsSubtype(Ty left, Ty right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (!effort.Spend())
            return false;
        return (left, right) switch
        {
            (Ty.Never, _) => true,
            (Ty.Any, not Ty.Entity) or (not Ty.Entity, Ty.Any) => true,
            (Ty.Bool one, Ty.Bool other) => other.Value is null || one.Value == other.Value,
            (Ty.Long, Ty.Long) or (Ty.String, Ty.String) => true,
            (Ty.Extension one, Ty.Extension other) => one.Kind == other.Kind,
            (Ty.Set one, Ty.Set other) => IsSubtype(one.Element, other.Element),
            (Ty.Entity one, Ty.Entity other) => isStrict ? one.Names.SetEquals(other.Names) : one.Names.IsSubsetOf(other.Names),
            (Ty.Record one, Ty.Record other) => IsSubtype(one, other),
            _ => false,
        };
    }

    /// <summary>The least type that has all values of both; null when there is none.</summary>
    public Ty? Join(Ty left, Ty right)
    {
        if (left is Ty.Any && IsSubtype(right, left))
            return left;
        if (IsSubtype(left, right))
            return right;
        if (IsSubtype(right, left))
            return left;
        return (left, right) switch
        {
            (Ty.Bool, Ty.Bool) => Ty.AnyBool,
            (Ty.Set one, Ty.Set other) => Join(one.Element, other.Element) is { } element ? new Ty.Set(element) : null,
            (Ty.Entity one, Ty.Entity other) => isStrict ? null : new Ty.Entity(one.Names.Union(other.Names)),
            (Ty.Record one, Ty.Record other) => Join(one, other),
            _ => null,
        };
    }

    /// <summary>The attribute that has all values of both; null when there is none.</summary>
    public TyAttribute? Join(TyAttribute left, TyAttribute right)
    {
        if (isStrict && left.IsRequired != right.IsRequired)
            return null;
        return Join(left.Type, right.Type) is { } type ? new TyAttribute(type, left.IsRequired && right.IsRequired) : null;
    }

    private bool IsSubtype(Ty.Record left, Ty.Record right)
    {
        if (left.IsOpen && !right.IsOpen)
            return false;
        if ((isStrict || !right.IsOpen) && left.Attributes.Count != right.Attributes.Count)
            return false;
        foreach (var (name, wanted) in right.Attributes)
        {
            if (!left.Attributes.TryGetValue(name, out var given)
                || (isStrict ? given.IsRequired != wanted.IsRequired : wanted.IsRequired && !given.IsRequired)
                || !IsSubtype(given.Type, wanted.Type))
            {
                return false;
            }
        }

        return true;
    }

    private Ty.Record? Join(Ty.Record left, Ty.Record right)
    {
        if (isStrict && !left.Attributes.Keys.SequenceEqual(right.Attributes.Keys, StringComparer.Ordinal))
            return null;
        var shared = ImmutableSortedDictionary.CreateBuilder<string, TyAttribute>(StringComparer.Ordinal);
        foreach (var (name, one) in left.Attributes)
        {
            TyAttribute? joined = right.Attributes.TryGetValue(name, out var other) ? Join(one, other) : null;
            if (joined is { } attribute)
                shared.Add(name, attribute);
            else if (isStrict)
                return null;
        }

        var isOpen = left.IsOpen || right.IsOpen || shared.Count < left.Attributes.Count || shared.Count < right.Attributes.Count;
        return new Ty.Record(shared.ToImmutable(), isOpen) { IsUntyped = left.IsUntyped && right.IsUntyped };
    }
}
