using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Identity.Spiffe;

namespace Writ.Identity.OAuth;

/// <summary>
/// Writes and verifies access tokens (RFC 9068): JWTs of type <c>at+jwt</c>, which no JWT-SVID has, signed with ES256 by the token key of an
/// authority. A token that is bound to no key is none (RFC 7800).
/// </summary>
public static class AccessTokens
{
    /// <summary>How long a token is in force.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>The longest token, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Type = "at+jwt";
    private const string UserClaim = "writ_user";

    /// <summary>Signs a token.</summary>
    public static (string Token, DateTimeOffset ExpiresAt) Issue(JwtSvidSigner signer, AccessToken token, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(time);
        if (token.KeyThumbprint is null && token.CertificateThumbprint is null)
            throw new ArgumentException("a token is bound to a key or a certificate", nameof(token));
        var issued = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = issued + Life;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", token.Issuer);
            writer.WriteString("sub", token.User?.Id ?? token.Agent);
            writer.WriteString("aud", token.Audience);
            writer.WriteString("client_id", token.Client);
            writer.WriteNumber("iat", issued.ToUnixTimeSeconds());
            writer.WriteNumber("exp", expires.ToUnixTimeSeconds());
            writer.WriteString("jti", Guid.CreateVersion7(issued));
            if (token.Scope is not null)
                writer.WriteString("scope", token.Scope);
            writer.WriteStartObject("cnf");
            if (token.KeyThumbprint is not null)
                writer.WriteString("jkt", token.KeyThumbprint);
            if (token.CertificateThumbprint is not null)
                writer.WriteString("x5t#S256", token.CertificateThumbprint);
            writer.WriteEndObject();
            if (token.Status is var (address, index))
            {
                writer.WriteStartObject("status");
                writer.WriteStartObject("status_list");
                writer.WriteNumber("idx", index);
                writer.WriteString("uri", address);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            if (token.User is { } user)
                WriteUser(writer, token, user);
            writer.WriteEndObject();
        }

        return (signer.Sign(buffer.ToArray(), Type), expires);
    }

    /// <summary>Who a text says has issued it, believed by nobody yet; null where it is no access token.</summary>
    public static string? IssuerIn(string text) =>
        CompactJws.TryParse(text, out var jws, out _, MaxBytes) && jws.Header.HasType(Type) && JsonWebToken.TryParse(jws, out var token, out _) ? token.Issuer : null;

    /// <summary>Verifies that an issuer has signed a token with one of its keys, and that it is in force; whom it is bound to is the caller's to check.</summary>
    public static bool TryVerify(string text, string issuer, IReadOnlyDictionary<string, JsonWebKey> keys, TimeProvider time, [NotNullWhen(true)] out AccessToken? token)
    {
        ArgumentNullException.ThrowIfNull(keys);
        token = null;
        if (!CompactJws.TryParse(text, out var jws, out _, MaxBytes) || jws.Header.KeyId is not { } keyId || !keys.TryGetValue(keyId, out var key))
            return false;
        var rules = new JsonWebTokenRules
        {
            Types = [Type], Issuer = issuer, Required = ["sub", "aud", "client_id", "iat", "jti", "cnf"], MaxLifetime = Life, Skew = TimeSpan.Zero, // the clock that signed is the clock that asks
        };
        if (!new JsonWebTokenValidator(new JwsVerifier(key, [JoseAlgorithm.Es256]), rules, time).TryValidate(text, out var read, out _, MaxBytes)
            || read.Audiences is not [var audience] || read.Text("client_id") is not { } client)
            return false;
        var confirmation = read.Claims.GetProperty("cnf");
        var (jkt, x5t) = (Text(confirmation, "jkt"), Text(confirmation, "x5t#S256"));
        var user = UserIn(read);
        if ((jkt is null && x5t is null) || (user is null && read.Claims.TryGetProperty(UserClaim, out _)))
            return false;
        token = new AccessToken
        {
            Issuer = issuer,
            Agent = user is null ? read.Subject! : Text(read.Claims.TryGetProperty("act", out var actor) ? actor : default, "sub") ?? "",
            Client = client,
            IssuedAt = read.IssuedAt!.Value,
            Audience = audience,
            Scope = read.Text("scope"),
            KeyThumbprint = jkt,
            CertificateThumbprint = x5t,
            User = user,
        };
        return true;
    }

    private static void WriteUser(Utf8JsonWriter writer, AccessToken token, AccessUser user)
    {
        writer.WriteStartObject("act");
        writer.WriteString("sub", token.Agent);
        if (token.PriorActor.ValueKind == JsonValueKind.Object)
        {
            writer.WritePropertyName("act");
            token.PriorActor.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteStartObject(UserClaim);
        writer.WriteString("issuer", user.Issuer);
        writer.WriteString("role", user.Role);
        writer.WriteString("tier", user.Tier);
        if (user.AuthenticatedAt is { } at)
            writer.WriteNumber("auth_time", at.ToUnixTimeSeconds());
        writer.WriteString("assurance", user.Assurance);
        writer.WriteEndObject();
    }

    private static AccessUser? UserIn(JsonWebToken token) =>
        token.Claims.TryGetProperty(UserClaim, out var claim) && Text(claim, "issuer") is { } issuer && token.Subject is { } subject
            ? new AccessUser(issuer, subject)
            {
                Role = Text(claim, "role") ?? "",
                Tier = Text(claim, "tier") ?? "",
                AuthenticatedAt = claim.TryGetProperty("auth_time", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
                Assurance = Text(claim, "assurance") ?? "",
            }
            : null;

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
