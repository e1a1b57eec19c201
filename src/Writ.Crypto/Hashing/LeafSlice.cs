namespace Writ.Crypto.Hashing;

/// <summary>Where one leaf lies in a shared buffer.</summary>
/// <param name="Offset">Index of its first byte, at least 0.</param>
/// <param name="Length">Its length in bytes, at least 0.</param>
public readonly record struct LeafSlice(int Offset, int Length);
