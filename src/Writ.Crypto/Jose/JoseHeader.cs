using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>
/// The header of a signature (RFC 7515 section 4), with an algorithm of the closed set and no critical extension. The keys and addresses
/// that a header may carry (<c>jwk</c>, <c>jku</c>, <c>x5c</c>, <c>x5u</c>) are data of the sender: they are in <see cref="Members"/> for a
/// profile that binds them to something known, and nothing here follows or trusts them. Immutable and thread safe.
/// </summary>
public sealed class JoseHeader
{
    private JoseHeader(JoseAlgorithm algorithm, string? keyId, string? type, string? contentType, JsonElement members)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Type = type;
        ContentType = contentType;
        Members = members;
    }

    /// <summary>The algorithm of <c>alg</c>.</summary>
    public JoseAlgorithm Algorithm { get; }

    /// <summary>The value of <c>kid</c>, a hint; null when absent.</summary>
    public string? KeyId { get; }

    /// <summary>The value of <c>typ</c> as given; null when absent. Compare with <see cref="HasType"/>.</summary>
    public string? Type { get; }

    /// <summary>The value of <c>cty</c> as given; null when absent.</summary>
    public string? ContentType { get; }

    /// <summary>All parameters, a JSON object without duplicate keys.</summary>
    public JsonElement Members { get; }

    /// <summary>True when <c>typ</c> names this media type; case does not matter and <c>application/</c> may be left out (RFC 7515 section 4.1.9).</summary>
    public bool HasType(string type) => Type is not null && WithoutPrefix(Type).Equals(WithoutPrefix(type), StringComparison.OrdinalIgnoreCase);

    internal static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JoseHeader? header, out JoseFault fault)
    {
        header = null;
        fault = JoseFault.MalformedHeader;
        return StrictJson.TryParseObject(json, out var members) && TryRead(members, out header, out fault);
    }

    internal static bool TryRead(JsonElement members, [NotNullWhen(true)] out JoseHeader? header, out JoseFault fault)
    {
        header = null;
        fault = JoseFault.CriticalExtension;
        if (members.TryGetProperty("crit", out _))
            return false;
        fault = JoseFault.MalformedHeader;
        if (!StrictJson.TryGetText(members, "alg", out var name)
            || !StrictJson.TryGetText(members, "kid", out var keyId)
            || !StrictJson.TryGetText(members, "typ", out var type)
            || !StrictJson.TryGetText(members, "cty", out var contentType))
            return false;
        fault = JoseFault.UnknownAlgorithm;
        if (!JoseAlgorithm.TryParse(name, out var algorithm))
            return false;
        fault = JoseFault.None;
        header = new JoseHeader(algorithm, keyId, type, contentType, members);
        return true;
    }

    private static ReadOnlySpan<char> WithoutPrefix(string type)
    {
        const string prefix = "application/";
        var rest = type.AsSpan();
        return rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !rest[prefix.Length..].Contains('/') ? rest[prefix.Length..] : rest;
    }
}
