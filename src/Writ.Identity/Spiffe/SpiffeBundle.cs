using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Identity.Spiffe;

/// <summary>
/// What vouches for the ids of one trust domain, as the domain publishes it (SPIFFE Trust Domain and Bundle section 4): a JWK set. It does not
/// say which domain it is of; who imports it does. Immutable, thread safe.
/// </summary>
public sealed class SpiffeBundle
{
    /// <summary>The longest bundle, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most keys in a bundle.</summary>
    public const int MaxKeys = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private SpiffeBundle(ImmutableArray<ReadOnlyMemory<byte>> roots, ImmutableSortedDictionary<string, JsonWebKey> tokenKeys, ulong? sequence, TimeSpan? refreshHint) =>
        (Roots, TokenKeys, Sequence, RefreshHint) = (roots, tokenKeys, sequence, refreshHint);

    /// <summary>The roots for X.509-SVIDs, DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Roots { get; }

    /// <summary>By key id, the keys for JWT-SVIDs.</summary>
    public ImmutableSortedDictionary<string, JsonWebKey> TokenKeys { get; }

    /// <summary>Which bundle of the domain it is; null where it does not say.</summary>
    public ulong? Sequence { get; }

    /// <summary>How often its publisher wants to be asked; null where it does not say.</summary>
    public TimeSpan? RefreshHint { get; }

    /// <summary>Reads a bundle. Keys for other uses are passed over; one that is for a use known here and broken is a fault of the whole.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out SpiffeBundle? bundle, out string obstacle) => TryRead(json, Read, out bundle, out obstacle);

    /// <summary>
    /// Reads a plain JWK set, as an OpenID issuer of a trust domain publishes it: every key is one for JWT-SVIDs, and has a <c>kid</c>.
    /// </summary>
    public static bool TryReadTokenKeys(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out SpiffeBundle? bundle, out string obstacle) =>
        TryRead(json, ReadTokenKeys, out bundle, out obstacle);

    private static bool TryRead(ReadOnlyMemory<byte> json, Func<JsonElement, SpiffeBundle> read, [NotNullWhen(true)] out SpiffeBundle? bundle, out string obstacle)
    {
        bundle = null;
        if (json.Length > MaxBytes)
        {
            obstacle = $"a bundle has at most {MaxBytes} bytes";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            bundle = read(document.RootElement);
            obstacle = "";
            return true;
        }
        catch (Exception unfit) when (unfit is JsonException or FormatException or InvalidOperationException or InvalidDataException)
        {
            obstacle = unfit is InvalidDataException ? unfit.Message : "no JSON object of a bundle's form";
            return false;
        }
    }

    private static SpiffeBundle ReadTokenKeys(JsonElement root)
    {
        var tokenKeys = ImmutableSortedDictionary.CreateBuilder<string, JsonWebKey>(StringComparer.Ordinal);
        foreach (var key in KeysOf(root).EnumerateArray())
            AddTokenKey(tokenKeys, key);
        return new SpiffeBundle([], tokenKeys.ToImmutable(), null, null);
    }

    private static JsonElement KeysOf(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array
            ? throw new InvalidDataException("a bundle is an object with an array of keys")
            : keys.GetArrayLength() > MaxKeys ? throw new InvalidDataException($"a bundle has at most {MaxKeys} keys") : keys;

    private static void AddTokenKey(ImmutableSortedDictionary<string, JsonWebKey>.Builder keys, JsonElement value)
    {
        if (!JsonWebKey.TryParse(value, out var key, out var fault))
            throw new InvalidDataException($"a key for JWT-SVIDs cannot be read: {fault}");
        if (key.KeyId is not { Length: > 0 and <= 256 } id)
            throw new InvalidDataException("a key for JWT-SVIDs has a kid");
        if (!keys.TryAdd(id, key.AcceptingUse("jwt-svid")))
            throw new InvalidDataException("two keys for JWT-SVIDs have the same kid");
    }

    private static SpiffeBundle Read(JsonElement root)
    {
        var roots = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var tokenKeys = ImmutableSortedDictionary.CreateBuilder<string, JsonWebKey>(StringComparer.Ordinal);
        foreach (var key in KeysOf(root).EnumerateArray())
        {
            switch (Text(key, "use"))
            {
                case "x509-svid":
                    roots.Add(ReadRoot(key));
                    break;
                case "jwt-svid":
                    AddTokenKey(tokenKeys, key);
                    break;
            }
        }

        return new SpiffeBundle(
            roots.ToImmutable(), tokenKeys.ToImmutable(),
            root.TryGetProperty("spiffe_sequence", out var sequence) ? sequence.GetUInt64() : null,
            root.TryGetProperty("spiffe_refresh_hint", out var hint) ? TimeSpan.FromSeconds(hint.GetInt32()) : null);
    }

    /// <summary>The one certificate of a key (section 4.2.2): self-signed here, so that a path has an end.</summary>
    private static ReadOnlyMemory<byte> ReadRoot(JsonElement key)
    {
        if (!key.TryGetProperty("x5c", out var chain) || chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() != 1 || chain[0].ValueKind != JsonValueKind.String)
            throw new InvalidDataException("a key for X.509-SVIDs has exactly one certificate");
        try
        {
            var der = Convert.FromBase64String(chain[0].GetString()!);
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var fault = X509SvidRules.CheckSigning(certificate);
            if (fault != X509SvidFault.None)
                throw new InvalidDataException($"a root may not sign SVIDs: {fault}");
            return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
                ? certificate.RawData
                : throw new InvalidDataException("a root is signed by itself");
        }
        catch (CryptographicException)
        {
            throw new InvalidDataException("a root is no certificate");
        }
    }

    private static string? Text(JsonElement key, string name) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
