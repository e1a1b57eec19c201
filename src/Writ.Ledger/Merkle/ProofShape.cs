using System.Numerics;

namespace Writ.Ledger.Merkle;

/// <summary>Which subtrees the proofs of RFC 6962 section 2.1 name, as ranges of leaves: the proofs without their hashes.</summary>
internal static class ProofShape
{
    /// <summary>PATH(index, D[0:size]), section 2.1.1, leaf side first; index is below size.</summary>
    public static List<(ulong Start, ulong End)> Inclusion(ulong index, ulong size)
    {
        var path = new List<(ulong, ulong)>();
        ulong start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            path.Add(index < middle ? (middle, end) : (start, middle));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(from, D[0:to]), section 2.1.2; empty when either size is 0 or both are equal.</summary>
    public static List<(ulong Start, ulong End)> Consistency(ulong from, ulong to)
    {
        if (from == 0 || from == to)
            return [];
        var path = new List<(ulong, ulong)>();
        ulong start = 0, end = to;
        var onLeftEdge = true; // the old tree is itself a node the verifier knows
        while (from != end)
        {
            var middle = start + Split(end - start);
            var goLeft = from <= middle;
            path.Add(goLeft ? (middle, end) : (start, middle));
            if (goLeft)
                end = middle;
            else
                (start, onLeftEdge) = (middle, false);
        }

        if (!onLeftEdge)
            path.Add((start, end));
        path.Reverse();
        return path;
    }

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2.</summary>
    public static ulong Split(ulong count) => 1UL << (63 - BitOperations.LeadingZeroCount(count - 1));
}
