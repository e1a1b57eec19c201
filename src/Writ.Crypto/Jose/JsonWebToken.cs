using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Writ.Crypto.Jose;

/// <summary>
/// The claims of a JWT (RFC 7519), read from a JWS. Holding one says nothing about who signed it: <see cref="JsonWebTokenValidator"/> does.
/// Immutable and thread safe.
/// </summary>
public sealed class JsonWebToken
{
    private const int MaxAudiences = 64;

    // The last second that a DateTimeOffset can name.
    private const double MaxNumericDate = 253402300799;

    private JsonWebToken(CompactJws jws, JsonElement claims) => (Jws, Claims) = (jws, claims);

    /// <summary>The JWS that carries the claims.</summary>
    public CompactJws Jws { get; }

    /// <summary>The header of the JWS.</summary>
    public JoseHeader Header => Jws.Header;

    /// <summary>All claims, a JSON object without duplicate keys.</summary>
    public JsonElement Claims { get; }

    /// <summary><c>iss</c>; null when absent.</summary>
    public string? Issuer { get; private init; }

    /// <summary><c>sub</c>; null when absent.</summary>
    public string? Subject { get; private init; }

    /// <summary><c>jti</c>; null when absent.</summary>
    public string? TokenId { get; private init; }

    /// <summary><c>aud</c>, at most 64; empty when absent.</summary>
    public IReadOnlyList<string> Audiences { get; private init; } = [];

    /// <summary><c>exp</c>, from which on the token is worth nothing; null when absent.</summary>
    public DateTimeOffset? Expires { get; private init; }

    /// <summary><c>nbf</c>, before which the token is worth nothing; null when absent.</summary>
    public DateTimeOffset? NotBefore { get; private init; }

    /// <summary><c>iat</c>; null when absent.</summary>
    public DateTimeOffset? IssuedAt { get; private init; }

    /// <summary>Reads the claims of a JWS; a registered claim of the wrong type refuses all of it.</summary>
    public static bool TryParse(CompactJws jws, [NotNullWhen(true)] out JsonWebToken? token, out JoseFault fault)
    {
        token = null;
        fault = JoseFault.MalformedClaims;
        if (!StrictJson.TryParseObject(jws.Payload.Span, out var claims)
            || !StrictJson.TryGetText(claims, "iss", out var issuer)
            || !StrictJson.TryGetText(claims, "sub", out var subject)
            || !StrictJson.TryGetText(claims, "jti", out var tokenId)
            || !TryGetAudiences(claims, out var audiences)
            || !TryGetDate(claims, "exp", out var expires)
            || !TryGetDate(claims, "nbf", out var notBefore)
            || !TryGetDate(claims, "iat", out var issuedAt))
            return false;
        fault = JoseFault.None;
        token = new JsonWebToken(jws, claims)
        {
            Issuer = issuer,
            Subject = subject,
            TokenId = tokenId,
            Audiences = audiences,
            Expires = expires,
            NotBefore = notBefore,
            IssuedAt = issuedAt,
        };
        return true;
    }

    /// <summary>A claim that is a string; null when it is absent or anything else.</summary>
    public string? Text(string name) => Claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    // RFC 7519 section 4.1.3: a string, or an array of them.
    private static bool TryGetAudiences(JsonElement claims, out IReadOnlyList<string> audiences)
    {
        audiences = [];
        if (!claims.TryGetProperty("aud", out var claim))
            return true;
        if (claim.ValueKind == JsonValueKind.String)
        {
            audiences = [claim.GetString()!];
            return true;
        }

        if (claim.ValueKind != JsonValueKind.Array || claim.GetArrayLength() > MaxAudiences || claim.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
            return false;
        audiences = [.. claim.EnumerateArray().Select(one => one.GetString()!)];
        return true;
    }

    // RFC 7519 section 2, NumericDate: seconds since the epoch, with a fraction where the issuer likes.
    private static bool TryGetDate(JsonElement claims, string name, out DateTimeOffset? date)
    {
        date = null;
        if (!claims.TryGetProperty(name, out var claim))
            return true;
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds) || !(seconds is >= 0 and <= MaxNumericDate))
            return false;
        date = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return true;
    }
}
