using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;

namespace Writ.Identity.Dids;

/// <summary>
/// A public key as one line (W3C Controlled Identifiers, section 2.2.2): <c>z</c>, and in base58 the kind of key and the key. A key has one
/// such line and no other, and the key is sound when this exists. Immutable and thread safe.
/// </summary>
public sealed class Multikey
{
    private readonly string _text;
    private readonly byte[] _bytes;

    private Multikey(string text, MultikeyType type, byte[] bytes, JsonWebKey? key) => (_text, Type, _bytes, Key) = (text, type, bytes, key);

    /// <summary>What kind of key it is.</summary>
    public MultikeyType Type { get; }

    /// <summary>The key without the prefix of its kind: 32 bytes of Ed25519, or a compressed point.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The key to verify with; null for secp256k1, by which nothing is verified here.</summary>
    public JsonWebKey? Key { get; }

    /// <summary>Reads a key; false when the text is not the one text of a sound key of a known kind.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Multikey? key)
    {
        key = null;
        // Multibase has many alphabets; the specification allows this one alone.
        if (text is not ['z', ..] || !Base58.TryDecode(text.AsSpan(1), out var bytes) || bytes.Length < 3)
            return false;
        key = (bytes[0], bytes[1]) switch
        {
            (0xed, 0x01) => Ed25519PublicKey.TryParse(bytes.AsSpan(2), out var ed) ? new Multikey(text, MultikeyType.Ed25519, bytes[2..], JsonWebKey.FromEd25519(ed)) : null,
            (0x80, 0x24) => OfPoint(text, MultikeyType.P256, CompressedPoint.P256, ECCurve.NamedCurves.nistP256, bytes[2..]),
            (0x81, 0x24) => OfPoint(text, MultikeyType.P384, CompressedPoint.P384, ECCurve.NamedCurves.nistP384, bytes[2..]),
            (0xe7, 0x01) => CompressedPoint.Secp256k1.TryRead(bytes.AsSpan(2), out _, out _) ? new Multikey(text, MultikeyType.Secp256k1, bytes[2..], null) : null,
            _ => null,
        };
        return key is not null;
    }

    /// <summary>The multikey of an Ed25519 key.</summary>
    public static Multikey Of(Ed25519PublicKey key) => Read([0xed, 0x01, .. key.Bytes]);

    /// <summary>The multikey of the public half of a key on P-256 or P-384.</summary>
    /// <exception cref="ArgumentException">Another curve.</exception>
    public static Multikey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var kind = key.KeySize switch { 256 => (byte)0x80, 384 => (byte)0x81, _ => throw new ArgumentException($"no multikey of {key.KeySize} bits", nameof(key)) };
        return Read([kind, 0x24, (byte)((point.Y![^1] & 1) + 2), .. point.X!]);
    }

    /// <summary>The multikey of a key; null where there is none of its kind.</summary>
    public static Multikey? Of(JsonWebKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Ed25519 is { } ed)
            return Of(ed);
        if (key.Curve is not ("P-256" or "P-384"))
            return null;
        using var json = JsonDocument.Parse(key.ToJson());
        var (x, y) = (Coordinate(json, "x"), Coordinate(json, "y"));
        return Read([key.Curve == "P-256" ? (byte)0x80 : (byte)0x81, 0x24, (byte)((y[^1] & 1) + 2), .. x]);
    }

    /// <summary>The key's one line.</summary>
    public override string ToString() => _text;

    private static byte[] Coordinate(JsonDocument key, string name) =>
        Base64UrlText.TryDecode(key.RootElement.GetProperty(name).GetString(), out var bytes) ? bytes : throw new InvalidOperationException("a key that was read does not write");

    private static Multikey? OfPoint(string text, MultikeyType type, CompressedPoint points, ECCurve curve, byte[] bytes)
    {
        if (!points.TryRead(bytes, out var x, out var y))
            return null;
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
        return new Multikey(text, type, bytes, JsonWebKey.FromEcdsa(key));
    }

    private static Multikey Read(ReadOnlySpan<byte> bytes) =>
        TryParse("z" + Base58.Encode(bytes), out var key) ? key : throw new ArgumentException("a key that verifies does not read as a multikey");
}
