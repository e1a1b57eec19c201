using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Writ.Identity.HttpSignatures;

/// <summary>Compares a content that comes in pieces with its digests. For one thread.</summary>
public sealed class DigestCheck : IDisposable
{
    private readonly ImmutableArray<(IncrementalHash Hash, ReadOnlyMemory<byte> Expected)> _hashes;

    internal DigestCheck(ImmutableArray<(HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Value)> digests) =>
        _hashes = [.. digests.Select(digest => (IncrementalHash.CreateHash(digest.Algorithm), digest.Value))];

    /// <summary>Takes the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        foreach (var (hash, _) in _hashes)
            hash.AppendData(piece);
    }

    /// <summary>Whether what was taken so far is the content of every digest.</summary>
    public bool IsMet()
    {
        var isMet = true;
        foreach (var (hash, expected) in _hashes)
            isMet &= hash.GetCurrentHash().AsSpan().SequenceEqual(expected.Span);
        return isMet;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (hash, _) in _hashes)
            hash.Dispose();
    }
}
