using System.Diagnostics.CodeAnalysis;

namespace Writ.Crypto.Jose;

/// <summary>
/// Decides whether a text is a token that someone known signed for here and now (RFC 7519 section 7.2, RFC 8725). The signature is
/// checked before a claim is looked at. Immutable and thread safe.
/// </summary>
public sealed class JsonWebTokenValidator(JwsVerifier verifier, JsonWebTokenRules rules, TimeProvider time)
{
    /// <summary>Reads and checks a token of at most <paramref name="maxBytes"/> characters.</summary>
    public bool TryValidate(string? text, [NotNullWhen(true)] out JsonWebToken? token, out JoseFault fault, int maxBytes = CompactJws.DefaultMaxBytes)
    {
        token = null;
        if (!CompactJws.TryParse(text, out var jws, out fault, maxBytes))
            return false;
        fault = verifier.Verify(jws.Signature);
        if (fault != JoseFault.None || !JsonWebToken.TryParse(jws, out var read, out fault))
            return false;
        fault = Check(read);
        token = fault == JoseFault.None ? read : null;
        return token is not null;
    }

    private JoseFault Check(JsonWebToken token)
    {
        if (rules.Types is { } types && !(token.Header.Type is null ? rules.MayOmitType : types.Any(token.Header.HasType)))
            return JoseFault.WrongType;
        if (rules.Issuer is not null && token.Issuer != rules.Issuer)
            return JoseFault.WrongIssuer;
        if (rules.Audience is not null && !token.Audiences.Contains(rules.Audience))
            return JoseFault.WrongAudience;
        if (!rules.Required.All(name => token.Claims.TryGetProperty(name, out _)) || (token.Expires is null && !rules.MayOmitExpiry))
            return JoseFault.MissingClaim;
        return CheckTimes(token, time.GetUtcNow());
    }

    private JoseFault CheckTimes(JsonWebToken token, DateTimeOffset now)
    {
        if (token.Expires is { } expires && now - rules.Skew >= expires)
            return JoseFault.Expired;
        if (token.NotBefore is { } notBefore && now + rules.Skew < notBefore)
            return JoseFault.NotYetValid;
        if (token.IssuedAt is { } issuedAt && now + rules.Skew < issuedAt)
            return JoseFault.NotYetValid;
        return rules.MaxLifetime is { } most ? CheckLifetime(token, now, most) : JoseFault.None;
    }

    private JoseFault CheckLifetime(JsonWebToken token, DateTimeOffset now, TimeSpan most)
    {
        if (token.Expires is null && token.IssuedAt is null)
            return JoseFault.MissingClaim;
        var start = token.IssuedAt ?? now;
        var end = token.Expires ?? now - rules.Skew;
        return end - start > most ? JoseFault.LivesTooLong : JoseFault.None;
    }
}
