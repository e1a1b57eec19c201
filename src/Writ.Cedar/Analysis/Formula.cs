using System.Collections.Immutable;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Facts joined by and and or; parts may be shared, so that it stays as small as what it was made of. There is no not: the contrary of a
/// fact is a formula of other facts. Immutable; compared by reference.
/// </summary>
internal abstract class Formula
{
    private Formula()
    {
    }

    public static Formula True { get; } = new AllOf([]);

    public static Formula False { get; } = new AnyOf([]);

    public static Formula Of(bool value) => value ? True : False;

    public static Formula And(params IEnumerable<Formula> parts)
    {
        var kept = ImmutableArray.CreateBuilder<Formula>();
        foreach (var part in parts)
        {
            if (ReferenceEquals(part, False))
                return False;
            if (part is AllOf inner && inner.Parts.Length <= 1)
                kept.AddRange(inner.Parts);
            else
                kept.Add(part);
        }

        return kept.Count == 0 ? True : kept.Count == 1 ? kept[0] : new AllOf(kept.ToImmutable());
    }

    public static Formula Or(params IEnumerable<Formula> parts)
    {
        var kept = ImmutableArray.CreateBuilder<Formula>();
        foreach (var part in parts)
        {
            if (ReferenceEquals(part, True))
                return True;
            if (!ReferenceEquals(part, False))
                kept.Add(part);
        }

        return kept.Count == 0 ? False : kept.Count == 1 ? kept[0] : new AnyOf(kept.ToImmutable());
    }

    public sealed class AllOf(ImmutableArray<Formula> parts) : Formula
    {
        public ImmutableArray<Formula> Parts { get; } = parts;
    }

    public sealed class AnyOf(ImmutableArray<Formula> parts) : Formula
    {
        public ImmutableArray<Formula> Parts { get; } = parts;
    }

    public sealed class Atom(Fact fact) : Formula
    {
        public Fact Fact { get; } = fact;
    }
}
