using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tests.Merkle;

/// <summary>RFC 6962 section 2.1 written down as it reads: recursive and slow.</summary>
internal static class ReferenceTree
{
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.IsEmpty)
            return Hash256.Of([]);
        if (leaves.Length == 1)
            return leaves[0];
        var k = Split(leaves.Length);
        return MerkleHash.Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    public static List<Hash256> Path(int m, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = Split(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<Hash256> Proof(int m, ReadOnlySpan<Hash256> leaves) => m == 0 ? [] : SubProof(m, leaves, true);

    private static List<Hash256> SubProof(int m, ReadOnlySpan<Hash256> leaves, bool whole)
    {
        if (m == leaves.Length)
            return whole ? [] : [Root(leaves)];
        var k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], whole), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
