using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Signing;

namespace Writ.Crypto.Jose;

/// <summary>
/// Reads a JSON Web Key of either half into its material (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). Members it does not know are
/// ignored, as RFC 7517 section 4 demands; a certificate (<c>x5c</c>, <c>x5u</c>) is such a member and is never looked at.
/// </summary>
internal static class KeyReader
{
    public const int MaxBytes = 16 << 10;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    public static JsonWebKeyFault TryRead(ReadOnlySpan<byte> json, bool wantsPrivate, out JsonWebKey? key)
    {
        key = null;
        if (json.Length > MaxBytes)
            return JsonWebKeyFault.TooLong;
        return StrictJson.TryParseObject(json, out var value) ? TryRead(value, wantsPrivate, out key) : JsonWebKeyFault.Malformed;
    }

    public static JsonWebKeyFault TryRead(JsonElement value, bool wantsPrivate, out JsonWebKey? key)
    {
        key = null;
        if (value.ValueKind != JsonValueKind.Object || !StrictJson.TryGetText(value, "kty", out var type))
            return JsonWebKeyFault.Malformed;
        var fault = KeyUse.TryParse(value, out var use);
        if (fault != JsonWebKeyFault.None)
            return fault;
        if (type == "oct" && !wantsPrivate)
            return JsonWebKeyFault.UnknownKeyType;
        if (!wantsPrivate && PrivateMembers.Any(name => value.TryGetProperty(name, out _)))
            return JsonWebKeyFault.IsPrivate;
        fault = type switch
        {
            "EC" => TryReadEc(value, wantsPrivate, use, out key),
            "RSA" => TryReadRsa(value, wantsPrivate, use, out key),
            "OKP" => TryReadOkp(value, wantsPrivate, use, out key),
            "oct" => TryReadSecret(value, use, out key),
            null => JsonWebKeyFault.Malformed,
            _ => JsonWebKeyFault.UnknownKeyType,
        };
        if (fault != JsonWebKeyFault.None || use.Algorithm is not { } algorithm || key!.CanDo(algorithm))
            return fault;
        key.Dispose();
        key = null;
        return type == "oct" ? JsonWebKeyFault.Weak : JsonWebKeyFault.WrongAlgorithm;
    }

    private static JsonWebKeyFault TryReadEc(JsonElement value, bool wantsPrivate, KeyUse use, out JsonWebKey? key)
    {
        key = null;
        if (!StrictJson.TryGetText(value, "crv", out var name) || !EcCurve.TryParse(name, out var curve))
            return JsonWebKeyFault.UnknownCurve;
        byte[]? d = null;
        if (wantsPrivate && !value.TryGetProperty("d", out _))
            return JsonWebKeyFault.NotPrivate;
        if (!TryReadCoordinate(value, "x", curve, out var x)
            || !TryReadCoordinate(value, "y", curve, out var y)
            || (wantsPrivate && !TryReadCoordinate(value, "d", curve, out d)))
            return JsonWebKeyFault.WrongParameter;
        var material = new EcMaterial(curve, new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y }, D = d });
        if (!material.IsSound())
            return JsonWebKeyFault.WrongParameter;
        key = new JsonWebKey(JsonWebKeyType.Ec, curve.Name, material, use, [("crv", curve.Name), ("kty", "EC"), ("x", Text(x!)), ("y", Text(y!))]);
        return JsonWebKeyFault.None;
    }

    // RFC 7518 section 6.2.1.2: exactly the length of a coordinate.
    private static bool TryReadCoordinate(JsonElement value, string name, EcCurve curve, out byte[]? bytes) =>
        StrictJson.TryGetBytes(value, name, out bytes) && bytes.Length == curve.CoordinateLength;

    private static JsonWebKeyFault TryReadRsa(JsonElement value, bool wantsPrivate, KeyUse use, out JsonWebKey? key)
    {
        key = null;
        if (wantsPrivate && !value.TryGetProperty("d", out _))
            return JsonWebKeyFault.NotPrivate;
        if (!StrictJson.TryGetBytes(value, "n", out var n) || !StrictJson.TryGetBytes(value, "e", out var e))
            return JsonWebKeyFault.WrongParameter;
        var fault = RsaRules.Check(n, e);
        if (fault != JsonWebKeyFault.None)
            return fault;
        var parameters = new RSAParameters { Modulus = n, Exponent = e };
        if (wantsPrivate && !TryReadRsaPrivate(value, ref parameters))
            return JsonWebKeyFault.WrongParameter;
        var material = new RsaMaterial(parameters);
        if (!material.IsSound())
            return JsonWebKeyFault.WrongParameter;
        key = new JsonWebKey(JsonWebKeyType.Rsa, null, material, use, [("e", Text(e)), ("kty", "RSA"), ("n", Text(n))]);
        return JsonWebKeyFault.None;
    }

    // The import wants every number at the length that the modulus dictates; RFC 7518 section 6.3.2 allows them shorter.
    private static bool TryReadRsaPrivate(JsonElement value, ref RSAParameters parameters)
    {
        var length = parameters.Modulus!.Length;
        var half = (length + 1) / 2;
        return !value.TryGetProperty("oth", out _)
            && TryReadPadded(value, "d", length, out parameters.D)
            && TryReadPadded(value, "p", half, out parameters.P)
            && TryReadPadded(value, "q", half, out parameters.Q)
            && TryReadPadded(value, "dp", half, out parameters.DP)
            && TryReadPadded(value, "dq", half, out parameters.DQ)
            && TryReadPadded(value, "qi", half, out parameters.InverseQ);
    }

    private static bool TryReadPadded(JsonElement value, string name, int length, out byte[]? padded)
    {
        padded = null;
        if (!StrictJson.TryGetBytes(value, name, out var bytes) || bytes.Length > length)
            return false;
        padded = new byte[length];
        bytes.CopyTo(padded, length - bytes.Length);
        return true;
    }

    private static JsonWebKeyFault TryReadOkp(JsonElement value, bool wantsPrivate, KeyUse use, out JsonWebKey? key)
    {
        key = null;
        if (!StrictJson.TryGetText(value, "crv", out var curve) || curve != "Ed25519")
            return JsonWebKeyFault.UnknownCurve;
        if (!StrictJson.TryGetBytes(value, "x", out var x) || !Ed25519PublicKey.TryParse(x, out var publicKey))
            return JsonWebKeyFault.WrongParameter;
        if (!wantsPrivate)
        {
            key = JsonWebKey.OfEd25519(publicKey, null, use);
            return JsonWebKeyFault.None;
        }

        if (!value.TryGetProperty("d", out _))
            return JsonWebKeyFault.NotPrivate;
        if (!StrictJson.TryGetBytes(value, "d", out var d) || d.Length != Ed25519PrivateKey.SeedLength)
            return JsonWebKeyFault.WrongParameter;
        var privateKey = Ed25519PrivateKey.FromSeed(d);
        CryptographicOperations.ZeroMemory(d);
        if (!privateKey.PublicKey.Equals(publicKey))
        {
            privateKey.Dispose();
            return JsonWebKeyFault.WrongParameter;
        }

        key = JsonWebKey.OfEd25519(publicKey, privateKey, use);
        return JsonWebKeyFault.None;
    }

    private static JsonWebKeyFault TryReadSecret(JsonElement value, KeyUse use, out JsonWebKey? key)
    {
        key = null;
        if (!StrictJson.TryGetBytes(value, "k", out var secret) || secret.Length > HmacMaterial.MaxSecretLength)
            return JsonWebKeyFault.WrongParameter;
        if (secret.Length < HmacMaterial.MinSecretLength)
            return JsonWebKeyFault.Weak;
        if (use.Algorithm is { KeyType: not JsonWebKeyType.Oct })
            return JsonWebKeyFault.WrongAlgorithm;
        key = new JsonWebKey(JsonWebKeyType.Oct, null, new HmacMaterial(secret), use, [("k", Text(secret)), ("kty", "oct")]);
        return JsonWebKeyFault.None;
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
