using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Governance.Decisions;
using Writ.Identity.OAuth;

namespace Writ.Governance.Users;

/// <summary>
/// What a user's token has to say, once its signature is known to be its issuer's, for an agent to act for the user. Pure.
/// </summary>
public static class UserTokenRules
{
    /// <summary>How long a token of a user may live: what was signed yesterday says little of today.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromHours(24);

    private const int MaxActors = 4;
    private const int MaxWord = 64;

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    /// <summary>What is checked together with the signature; a token for signing out or an event says another type, or has no subject that acts.</summary>
    public static JsonWebTokenRules Of(UserIssuer issuer) => new()
    {
        Types = ["JWT", "at+jwt"], MayOmitType = true, Issuer = issuer.Issuer, Required = ["sub", "iat", "aud"], MaxLifetime = MaxLife,
    };

    /// <summary>The user, and who acted before; null where the token is not for this.</summary>
    /// <param name="issuer">The issuer that signed it.</param>
    /// <param name="token">The token.</param>
    /// <param name="isActor">Whether a name is the agent's that asks, as an id or as its client's.</param>
    /// <param name="now">The time.</param>
    public static (AccessUser User, JsonElement PriorActor)? Read(UserIssuer issuer, JsonWebToken token, Func<string, bool> isActor, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(isActor);
        var claims = token.Claims;
        if (token.Subject is not { Length: > 0 } subject || issuer.Prefix.Length + subject.Length > Claims.MaxLength || subject.Any(char.IsControl)
            || !token.Audiences.Any(issuer.Audiences.Contains)
            || (claims.TryGetProperty("azp", out var party) && (party.ValueKind != JsonValueKind.String || !issuer.Audiences.Contains(party.GetString()!)) && token.Audiences.Count > 1)
            || claims.TryGetProperty("events", out _) // a logout token or another security event (RFC 8417), whatever type it says
            || claims.TryGetProperty("cnf", out _)) // bound to a key that whoever asks has not proved
            return null;
        // RFC 8693 section 4.4: where the token says who may act for the user, nobody else may.
        if (claims.TryGetProperty("may_act", out var allowed) && (allowed.ValueKind != JsonValueKind.Object || !(Text(allowed, "sub") is { } actor && isActor(actor))))
            return null;
        var prior = claims.TryGetProperty("act", out var act) ? act : default;
        if (prior.ValueKind != JsonValueKind.Undefined && !IsActor(prior, MaxActors))
            return null;
        DateTimeOffset? authenticated = null;
        if (claims.TryGetProperty("auth_time", out var at))
        {
            if (at.ValueKind != JsonValueKind.Number || !at.TryGetInt64(out var seconds) || seconds < 0 || seconds > (now + Ahead).ToUnixTimeSeconds())
                return null;
            authenticated = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        var user = new AccessUser(issuer.Name, issuer.Prefix + subject)
        {
            Role = issuer.Role?.Of(claims) ?? "", Tier = issuer.Tier?.Of(claims) ?? "", AuthenticatedAt = authenticated, Assurance = AssuranceOf(claims),
        };
        return (user, prior);
    }

    // acr where the issuer says one, else the methods of amr in the order of their names.
    private static string AssuranceOf(JsonElement claims)
    {
        if (Text(claims, "acr") is { } acr)
            return acr.Length <= MaxWord ? acr : "";
        if (!claims.TryGetProperty("amr", out var methods) || methods.ValueKind != JsonValueKind.Array)
            return "";
        var joined = string.Join('+', methods.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).Order(StringComparer.Ordinal));
        return joined.Length <= MaxWord ? joined : "";
    }

    private static bool IsActor(JsonElement actor, int most) =>
        most > 0 && actor.ValueKind == JsonValueKind.Object && Text(actor, "sub") is { Length: > 0 and <= Claims.MaxLength } && (!actor.TryGetProperty("act", out var prior) || IsActor(prior, most - 1))
        && actor.GetRawText().Length <= 4 * 1024;

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
