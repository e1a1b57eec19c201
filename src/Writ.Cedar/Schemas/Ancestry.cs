using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Writ.Cedar.Schemas;

/// <summary>What something is in, directly or not.</summary>
internal static class Ancestry
{
    /// <summary>Collects the ancestors; null when there are more than are left to spend.</summary>
    public static FrozenSet<T>? Of<T>(T start, Func<T, ImmutableArray<T>> parents, ref int left)
        where T : class
    {
        if (parents(start).IsEmpty)
            return FrozenSet<T>.Empty;
        var found = new HashSet<T>();
        var open = new Stack<T>(parents(start));
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            if (--left < 0)
                return null;
            foreach (var parent in parents(next))
                open.Push(parent);
        }

        return found.ToFrozenSet();
    }
}
