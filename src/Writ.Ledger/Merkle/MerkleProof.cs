using System.Numerics;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Merkle;

/// <summary>
/// Verifies the proofs of RFC 6962 / RFC 9162 section 2.1. Needs nothing but the proof: no ledger, no file, no state.
/// Never throws; a proof that is too long, too short or not about this tree is false.
/// </summary>
public static class MerkleProof
{
    /// <summary>
    /// True when <paramref name="leaf"/> is at <paramref name="index"/> of the tree with this size and root (RFC 9162 section
    /// 2.1.3.2). <paramref name="index"/> is zero-based and below <paramref name="size"/>; an empty tree includes nothing.
    /// </summary>
    public static bool VerifyInclusion(ulong index, ulong size, in Hash256 leaf, ReadOnlySpan<Hash256> proof, in Hash256 root)
    {
        if (index >= size)
            return false;
        ulong fn = index, sn = size - 1;
        var hash = leaf;
        foreach (ref readonly var sibling in proof)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) != 0 || fn == sn)
            {
                hash = MerkleHash.Node(sibling, hash);
                if ((fn & 1) == 0)
                {
                    // fn equals sn, which is not 0: a shift of at most 63.
                    var shift = BitOperations.TrailingZeroCount(fn);
                    fn >>= shift;
                    sn >>= shift;
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && hash == root;
    }

    /// <summary>
    /// True when the tree of <paramref name="newSize"/> only appends to the tree of <paramref name="oldSize"/> (RFC 9162 section
    /// 2.1.4.2).
    /// </summary>
    /// <remarks>
    /// From size 0 there is nothing to prove: the empty proof is accepted when <paramref name="oldRoot"/> is the root of the empty
    /// tree, as C2SP tlog-witness asks; any other proof from 0 is refused. (Some libraries refuse 0 to N altogether.)
    /// Equal sizes need equal roots and the empty proof.
    /// </remarks>
    public static bool VerifyConsistency(
        ulong oldSize,
        ulong newSize,
        in Hash256 oldRoot,
        in Hash256 newRoot,
        ReadOnlySpan<Hash256> proof)
    {
        if (oldSize > newSize)
            return false;
        if (newSize == 0 && newRoot != MerkleHash.EmptyRoot)
            return false;
        if (oldSize == 0)
            return proof.IsEmpty && oldRoot == MerkleHash.EmptyRoot;
        if (oldSize == newSize)
            return proof.IsEmpty && oldRoot == newRoot;
        if (proof.IsEmpty)
            return false;

        // Step 2: an old tree that is a complete subtree is not repeated in the proof.
        var complete = BitOperations.IsPow2(oldSize);
        var oldHash = complete ? oldRoot : proof[0];
        var newHash = oldHash;
        ulong fn = oldSize - 1, sn = newSize - 1;
        var shift = BitOperations.TrailingZeroCount(~fn);
        fn >>= shift;
        sn >>= shift;
        foreach (ref readonly var sibling in proof[(complete ? 0 : 1)..])
        {
            if (sn == 0)
                return false;
            if ((fn & 1) != 0 || fn == sn)
            {
                oldHash = MerkleHash.Node(sibling, oldHash);
                newHash = MerkleHash.Node(sibling, newHash);
                if ((fn & 1) == 0)
                {
                    shift = BitOperations.TrailingZeroCount(fn);
                    fn >>= shift;
                    sn >>= shift;
                }
            }
            else
            {
                newHash = MerkleHash.Node(newHash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && oldHash == oldRoot && newHash == newRoot;
    }
}
