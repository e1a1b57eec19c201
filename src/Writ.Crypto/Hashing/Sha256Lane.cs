namespace Writ.Crypto.Hashing;

/// <summary>One message among several that are hashed side by side: where its data lies, and where its digest goes.</summary>
internal readonly unsafe struct Sha256Lane(byte* data, int length, Hash256* hash)
{
    public readonly byte* Data = data;
    public readonly int Length = length;
    public readonly Hash256* Hash = hash;

    /// <summary>How many 64-byte blocks the prefixed and padded message of this many data bytes takes.</summary>
    public static int BlocksOf(int length) => (int)((1L + length + 8) / 64) + 1;
}
