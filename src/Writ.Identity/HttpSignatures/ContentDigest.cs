using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Identity.HttpSignatures;

/// <summary>The digest of a message's content (RFC 9530 section 2), by SHA-256, SHA-512 or both. Immutable and thread safe.</summary>
public sealed class ContentDigest
{
    /// <summary>The field's name, in lower case.</summary>
    public const string Field = "content-digest";

    private const int MaxDigests = 8;

    private readonly ImmutableArray<(HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Value)> _digests;

    private ContentDigest(ImmutableArray<(HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Value)> digests) => _digests = digests;

    /// <summary>Reads the field. Digests by other algorithms, broken ones among them, are passed over; false where none is left.</summary>
    public static bool TryRead(IReadOnlyList<string?> lines, [NotNullWhen(true)] out ContentDigest? digest)
    {
        ArgumentNullException.ThrowIfNull(lines);
        digest = null;
        if (lines.Sum(line => line?.Length ?? 0) > MessageSignature.MaxLength || !FieldReader.TryReadDictionary(string.Join(", ", lines), MaxDigests, out var members))
            return false;
        var digests = ImmutableArray.CreateBuilder<(HashAlgorithmName, ReadOnlyMemory<byte>)>();
        foreach (var (name, member) in members)
        {
            if (member.Value is not BareItem.Binary { Value: var value })
                return false;
            var (algorithm, length) = name switch { "sha-256" => (HashAlgorithmName.SHA256, 32), "sha-512" => (HashAlgorithmName.SHA512, 64), _ => (default, value.Length) };
            if (value.Length != length)
                return false;
            if (algorithm.Name is not null)
                digests.Add((algorithm, value));
        }

        digest = digests.Count > 0 ? new ContentDigest(digests.ToImmutable()) : null;
        return digest is not null;
    }

    /// <summary>The field's value for a content, by SHA-256.</summary>
    public static string Of(ReadOnlySpan<byte> content) => $"sha-256={new BareItem.Binary(SHA256.HashData(content))}";

    /// <summary>Whether every digest is of a content.</summary>
    public bool IsOf(ReadOnlySpan<byte> content)
    {
        using var check = Begin();
        check.Append(content);
        return check.IsMet();
    }

    /// <summary>Begins to check a content that comes in pieces.</summary>
    public DigestCheck Begin() => new(_digests);
}
