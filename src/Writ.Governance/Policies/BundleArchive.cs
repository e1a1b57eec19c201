using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Controls;
using Writ.Governance.Records;

namespace Writ.Governance.Policies;

/// <summary>A bundle's manifest and policy files as one canonical JSON document; its digest names the bundle. Immutable.</summary>
public sealed record BundleArchive(BundleManifest Manifest, ImmutableArray<BundleFile> Files)
{
    /// <summary>The largest archive, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes() =>
        Jcs.TryCanonicalize(JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options), out var canonical, out var error, Limits)
            ? canonical
            : throw new InvalidOperationException($"a bundle that was read cannot be canonicalized: {error.Message}");

    /// <summary>SHA-256 of the canonical bytes.</summary>
    [JsonIgnore]
    public Hash256 Digest => Hash256.Of(ToBytes());

    /// <summary>Reads an archive back from the log.</summary>
    /// <exception cref="InvalidDataException">The parts are not an archive.</exception>
    internal static BundleArchive Parse(IEnumerable<BundlePart> parts)
    {
        try
        {
            return JsonSerializer.Deserialize<BundleArchive>(parts.SelectMany(p => Convert.FromBase64String(p.Content)).ToArray(), StrictJson.Options)
                ?? throw new InvalidDataException("the bundle archive is null");
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new InvalidDataException($"the bundle archive cannot be read: {problem.Message}", problem);
        }
    }

    private static JcsLimits Limits { get; } = new() { MaxBytes = MaxBytes };
}
