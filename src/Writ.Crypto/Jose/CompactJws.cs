using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Writ.Crypto.Jose;

/// <summary>
/// A JWS in the compact serialization (RFC 7515 section 7.1), read but not yet verified: three parts of base64url. Every text that
/// differs in one character is another JWS or none. Immutable and thread safe.
/// </summary>
public sealed class CompactJws
{
    /// <summary>The longest text that is read unless the caller says otherwise, in bytes.</summary>
    public const int DefaultMaxBytes = 64 << 10;

    private CompactJws(JwsSignature signature, ReadOnlyMemory<byte> payload)
    {
        Signature = signature;
        Payload = payload;
    }

    /// <summary>The signature, its header and what it is over.</summary>
    public JwsSignature Signature { get; }

    /// <summary>The header.</summary>
    public JoseHeader Header => Signature.Header;

    /// <summary>The payload; the sender's until a verifier says otherwise.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Reads a JWS of at most <paramref name="maxBytes"/> characters.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CompactJws? jws, out JoseFault fault, int maxBytes = DefaultMaxBytes)
    {
        jws = null;
        fault = JoseFault.TooLong;
        return (text is null || text.Length <= maxBytes) && TryParse(Encoding.UTF8.GetBytes(text ?? ""), out jws, out fault, maxBytes);
    }

    /// <summary>Reads a JWS of at most <paramref name="maxBytes"/> bytes, which must not change afterwards: the result refers to them.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out CompactJws? jws, out JoseFault fault, int maxBytes = DefaultMaxBytes)
    {
        jws = null;
        fault = JoseFault.TooLong;
        if (text.Length > maxBytes)
            return false;
        fault = JoseFault.Malformed;
        var parts = text.Span;
        var first = parts.IndexOf((byte)'.');
        var last = parts.LastIndexOf((byte)'.');
        if (first < 0 || last == first || !Base64UrlText.TryDecode(parts[(first + 1)..last], out var payload))
            return false;
        if (!TryReadEnds(parts[..first], parts[(last + 1)..], out var header, out var signature, out fault))
            return false;
        jws = new CompactJws(new JwsSignature(header, text[..last], signature), payload);
        return true;
    }

    /// <summary>Reads a JWS whose payload was left out of the text and comes by another way (RFC 7515 appendix F).</summary>
    public static bool TryParseDetached(
        string? text, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out CompactJws? jws, out JoseFault fault, int maxBytes = DefaultMaxBytes)
    {
        jws = null;
        fault = JoseFault.TooLong;
        if (text?.Length > maxBytes)
            return false;
        fault = JoseFault.Malformed;
        var parts = Encoding.UTF8.GetBytes(text ?? "").AsSpan();
        var first = parts.IndexOf((byte)'.');
        if (first < 0 || first + 1 == parts.Length || parts[first + 1] != (byte)'.'
            || !TryReadEnds(parts[..first], parts[(first + 2)..], out var header, out var signature, out fault))
            return false;
        jws = new CompactJws(new JwsSignature(header, JwsSigner.SigningInput(parts[..first], payload), signature), payload.ToArray());
        return true;
    }

    private static bool TryReadEnds(
        ReadOnlySpan<byte> headerText, ReadOnlySpan<byte> signatureText, [NotNullWhen(true)] out JoseHeader? header, [NotNullWhen(true)] out byte[]? signature, out JoseFault fault)
    {
        header = null;
        fault = JoseFault.Malformed;
        return Base64UrlText.TryDecode(signatureText, out signature)
            && Base64UrlText.TryDecode(headerText, out var headerJson)
            && JoseHeader.TryParse(headerJson, out header, out fault);
    }
}
