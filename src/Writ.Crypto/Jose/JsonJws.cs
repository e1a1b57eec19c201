using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>
/// A JWS in the general or flattened JSON serialization (RFC 7515 section 7.2), read but not yet verified: one payload, one or more
/// signatures, each to be verified by itself. Immutable and thread safe.
/// </summary>
public sealed class JsonJws
{
    /// <summary>The most signatures, inclusive.</summary>
    public const int MaxSignatures = 16;

    private JsonJws(byte[] payload, IReadOnlyList<JwsSignature> signatures)
    {
        Payload = payload;
        Signatures = signatures;
    }

    /// <summary>The payload; the sender's until a verifier says otherwise.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signatures, from 1 to <see cref="MaxSignatures"/>, in the order of the text.</summary>
    public IReadOnlyList<JwsSignature> Signatures { get; }

    /// <summary>Reads a JWS of at most <paramref name="maxBytes"/> bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonJws? jws, out JoseFault fault, int maxBytes = CompactJws.DefaultMaxBytes) =>
        TryParse(json, detached: null, out jws, out fault, maxBytes);

    /// <summary>Reads a JWS whose payload was left out of the text and comes by another way (RFC 7515 appendix F).</summary>
    public static bool TryParseDetached(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out JsonJws? jws, out JoseFault fault, int maxBytes = CompactJws.DefaultMaxBytes) =>
        TryParse(json, payload.ToArray(), out jws, out fault, maxBytes);

    private static bool TryParse(ReadOnlySpan<byte> json, byte[]? detached, [NotNullWhen(true)] out JsonJws? jws, out JoseFault fault, int maxBytes)
    {
        jws = null;
        fault = JoseFault.TooLong;
        if (json.Length > maxBytes)
            return false;
        fault = JoseFault.Malformed;
        if (!StrictJson.TryParseObject(json, out var value) || !TryReadPayload(value, detached, out var payload))
            return false;

        // Section 7.2.2: the flattened form has no "signatures", the general one neither "signature" nor headers beside it.
        var isGeneral = value.TryGetProperty("signatures", out var members);
        var isFlattened = value.TryGetProperty("signature", out _);
        if (isGeneral == isFlattened || (isGeneral && (value.TryGetProperty("protected", out _) || value.TryGetProperty("header", out _))))
            return false;
        if (isGeneral && (members.ValueKind != JsonValueKind.Array || members.GetArrayLength() is 0 or > MaxSignatures))
            return false;
        var signatures = new List<JwsSignature>();
        foreach (var member in isGeneral ? members.EnumerateArray().ToArray() : [value])
        {
            if (!TryReadSignature(member, payload, out var signature, out fault))
                return false;
            signatures.Add(signature);
        }

        fault = JoseFault.None;
        jws = new JsonJws(payload, signatures);
        return true;
    }

    private static bool TryReadPayload(JsonElement value, byte[]? detached, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = detached;
        return detached is null ? StrictJson.TryGetBytes(value, "payload", out payload) : !value.TryGetProperty("payload", out _);
    }

    private static bool TryReadSignature(JsonElement value, byte[] payload, [NotNullWhen(true)] out JwsSignature? signature, out JoseFault fault)
    {
        signature = null;
        fault = JoseFault.Malformed;
        if (value.ValueKind != JsonValueKind.Object
            || !StrictJson.TryGetBytes(value, "signature", out var bytes)
            || !StrictJson.TryGetText(value, "protected", out var protectedText)
            || !TryReadHeaders(value, protectedText, out var members)
            || !JoseHeader.TryRead(members, out var header, out fault))
            return false;
        signature = new JwsSignature(header, JwsSigner.SigningInput(Encoding.ASCII.GetBytes(protectedText ?? ""), payload), bytes);
        return true;
    }

    // Section 7.2.1: at least one of the two is present, and no name is in both.
    private static bool TryReadHeaders(JsonElement value, string? protectedText, out JsonElement members)
    {
        members = default;
        var hasUnprotected = value.TryGetProperty("header", out var unprotected);
        if (hasUnprotected && unprotected.ValueKind != JsonValueKind.Object)
            return false;
        if (protectedText is null)
        {
            members = unprotected;
            return hasUnprotected;
        }

        if (!Base64UrlText.TryDecode(protectedText, out var json) || !StrictJson.TryParseObject(json, out members))
            return false;
        return !hasUnprotected || TryUnite(members, unprotected, out members);
    }

    private static bool TryUnite(JsonElement first, JsonElement second, out JsonElement both)
    {
        var members = first.EnumerateObject().Concat(second.EnumerateObject()).Select(member => $"{JsonSerializer.Serialize(member.Name)}:{member.Value.GetRawText()}");
        return StrictJson.TryParseObject(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}"), out both);
    }
}
