using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>
/// Keys of which a signature names one (RFC 7517 section 5). All public, or all shared secrets, never both: then no header can turn a
/// public key into a secret. Immutable and thread safe.
/// </summary>
public sealed class JsonWebKeySet
{
    /// <summary>The longest set that is read, in bytes.</summary>
    public const int MaxBytes = 512 << 10;

    /// <summary>The most keys in a set, inclusive.</summary>
    public const int MaxKeys = 200;

    /// <summary>A set of keys that the caller already has.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxKeys"/>, or shared secrets beside public keys.</exception>
    public JsonWebKeySet(IEnumerable<JsonWebKey> keys)
    {
        Keys = [.. keys];
        if (Keys.Count > MaxKeys)
            throw new ArgumentException($"a set has at most {MaxKeys} keys, not {Keys.Count}", nameof(keys));
        if (Keys.Any(key => key.KeyType == JsonWebKeyType.Oct) && Keys.Any(key => key.KeyType != JsonWebKeyType.Oct))
            throw new ArgumentException("a set of public keys holds no shared secret", nameof(keys));
    }

    /// <summary>The keys that can be used, in the order of the set.</summary>
    public IReadOnlyList<JsonWebKey> Keys { get; }

    /// <summary>How many keys of a set that was read could not be used; zero for one made from keys.</summary>
    public int Ignored { get; private init; }

    /// <summary>
    /// Reads public keys from a JSON text. A key of an unknown type, curve or algorithm, a weak or a private one is left out and counted
    /// (RFC 7517 section 5): a publisher adds keys for others too. A text that is no set is refused as a whole.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonWebKeySet? set, out JsonWebKeyFault fault)
    {
        set = null;
        fault = JsonWebKeyFault.TooLong;
        if (json.Length > MaxBytes)
            return false;
        fault = JsonWebKeyFault.Malformed;
        if (!StrictJson.TryParseObject(json, out var value) || !value.TryGetProperty("keys", out var members) || members.ValueKind != JsonValueKind.Array)
            return false;
        fault = JsonWebKeyFault.TooManyKeys;
        if (members.GetArrayLength() > MaxKeys)
            return false;
        var keys = new List<JsonWebKey>();
        foreach (var member in members.EnumerateArray())
        {
            if (JsonWebKey.TryParse(member, out var key, out _))
                keys.Add(key);
        }

        fault = JsonWebKeyFault.None;
        set = new JsonWebKeySet(keys) { Ignored = members.GetArrayLength() - keys.Count };
        return true;
    }

    /// <summary>
    /// The one key that fits a header: by <c>kid</c> where the header has one (a key without a <c>kid</c> fits any), and able to verify by
    /// <c>alg</c>. Where several fit, none is taken.
    /// </summary>
    public JoseFault TryFind(JoseHeader header, out JsonWebKey? key)
    {
        key = null;
        var named = 0;
        var candidates = header.KeyId is { } keyId && Keys.Any(other => other.KeyId == keyId)
            ? Keys.Where(other => other.KeyId == keyId)
            : Keys.Where(other => header.KeyId is null || other.KeyId is null);
        foreach (var candidate in candidates)
        {
            named++;
            if (!candidate.CanVerify(header.Algorithm))
                continue;
            if (key is not null)
            {
                key = null;
                return JoseFault.AmbiguousKey;
            }

            key = candidate;
        }

        return key is not null ? JoseFault.None : named > 0 ? JoseFault.KeyMismatch : JoseFault.UnknownKey;
    }
}
