using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>Signs payloads with one key by one algorithm, in the compact serialization. Immutable and thread safe; the key is the caller's to dispose.</summary>
public sealed class JwsSigner
{
    private static readonly JsonWriterOptions PlainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonWebSigningKey _key;
    private readonly JoseAlgorithm _algorithm;

    /// <summary>A signer with one key.</summary>
    /// <exception cref="ArgumentException">The key is not for this algorithm.</exception>
    public JwsSigner(JsonWebSigningKey key, JoseAlgorithm algorithm)
    {
        if (!key.CanSign(algorithm))
            throw new ArgumentException($"{algorithm} is not what this key is for", nameof(algorithm));
        _key = key;
        _algorithm = algorithm;
    }

    /// <summary>The JWS of a payload. Its header is <c>alg</c>, the key's <c>kid</c> where it has one, and <c>typ</c> where given.</summary>
    public string Sign(ReadOnlySpan<byte> payload, string? type = null)
    {
        var header = HeaderText(type);
        var input = SigningInput(header, payload);
        return $"{Encoding.ASCII.GetString(input)}.{Base64Url.EncodeToString(_key.Sign(_algorithm, input))}";
    }

    /// <summary>The JWS of a payload that travels by another way: its part of the text is empty (RFC 7515 appendix F).</summary>
    public string SignDetached(ReadOnlySpan<byte> payload, string? type = null)
    {
        var header = HeaderText(type);
        return $"{Encoding.ASCII.GetString(header)}..{Base64Url.EncodeToString(_key.Sign(_algorithm, SigningInput(header, payload)))}";
    }

    internal static byte[] SigningInput(ReadOnlySpan<byte> headerText, ReadOnlySpan<byte> payload)
    {
        var input = new byte[headerText.Length + 1 + Base64Url.GetEncodedLength(payload.Length)];
        headerText.CopyTo(input);
        input[headerText.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, input.AsSpan(headerText.Length + 1));
        return input;
    }

    private byte[] HeaderText(string? type)
    {
        var json = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(json, PlainText))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", _algorithm.Name);
            if (_key.VerificationKey.KeyId is { } keyId)
                writer.WriteString("kid", keyId);
            if (type is not null)
                writer.WriteString("typ", type);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToUtf8(json.WrittenSpan);
    }
}
