namespace Writ.Crypto.Json;

/// <summary>One member of an object, by where it lies in the canonical output so far.</summary>
/// <param name="Start">Where the member begins: its key's opening quote.</param>
/// <param name="KeyLength">Bytes of the canonical key between its quotes.</param>
/// <param name="Length">Bytes of the whole member, <c>"key":value</c>.</param>
/// <param name="Source">Where the key begins in the input.</param>
internal readonly record struct JcsMember(int Start, int KeyLength, int Length, int Source);
