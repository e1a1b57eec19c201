using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Identity.Spiffe;

namespace Writ.Identity.Delegation;

/// <summary>Reads a delegation token. Strict in all that limits; a claim that it does not know is ignored, as the profile demands.</summary>
internal static class DelegationTokenReader
{
    public const int MaxTextLength = 256;
    public const int MaxIdLength = 128;
    public const int MaxListLength = 64;

    // The largest whole number that JSON carries exactly (RFC 7493 section 2.2).
    public const long MaxAmount = 1L << 53;

    public static DelegationFault TryRead(ReadOnlyMemory<byte> text, out DelegationToken? token, HolderKeys? keys = null)
    {
        token = null;
        if (text.Length > DelegationLimits.MaxTokenBytes)
            return DelegationFault.WrongSize;
        if (!CompactJws.TryParse(text, out var jws, out _, DelegationLimits.MaxTokenBytes))
            return DelegationFault.Malformed;
        var algorithm = jws.Header.Algorithm;
        if (jws.Header.Type != DelegationToken.MediaType
            || (algorithm != JoseAlgorithm.EdDsa && algorithm != JoseAlgorithm.Ed25519 && algorithm != JoseAlgorithm.Es256))
            return DelegationFault.WrongType;
        return JsonWebToken.TryParse(jws, out var claims, out _) ? TryRead(jws, claims, keys ?? new HolderKeys(), out token) : DelegationFault.Malformed;
    }

    private static DelegationFault TryRead(CompactJws jws, JsonWebToken claims, HolderKeys keys, out DelegationToken? token)
    {
        token = null;
        var json = claims.Claims;
        if (claims.Issuer is not { Length: > 0 and <= MaxTextLength } issuer
            || claims.TokenId is not { Length: > 0 and <= MaxIdLength } id
            || claims.IssuedAt is not { } issuedAt || claims.Expires is not { } expires || !IsWholeSecond(issuedAt) || !IsWholeSecond(expires)
            || !TryGetNumber(json, "del_depth", out var depth) || depth is null or >= DelegationLimits.MaxTokens
            || !TryGetNumber(json, "del_max_depth", out var maxDepth) || maxDepth is null or >= DelegationLimits.MaxTokens
            || !TryGetHash(json, "par_hash", out var parent)
            || !TryGetHolder(json, keys, out var holder)
            || !SpiffeId.TryParse(claims.Text("agent"), out var agent, out _)
            || claims.Text("org") is not { Length: > 0 and <= MaxTextLength } organization
            || claims.Text("principal") is not { Length: > 0 and <= MaxTextLength } principal
            || claims.Audiences.Count == 0
            || !TryGetSpend(json, out var spend)
            || !TryGetNumber(json, "calls", out var calls)
            || !TryGetTexts(json, "data", out var data)
            || !TryGetText(json, "purpose", out var purpose)
            || !TryGetText(json, "agr", out var agreement)
            || !TryGetStatus(json, out var status)
            || !json.TryGetProperty("authorization_details", out var details))
            return DelegationFault.Malformed;
        var fault = DelegatedTools.TryRead(details, out var tools);
        if (fault != DelegationFault.None)
            return fault;
        token = new DelegationToken(jws, id, issuer, (int)depth.Value, holder, parent, new DelegationTerms
        {
            Agent = agent,
            Organization = organization,
            Principal = principal,
            Audiences = [.. claims.Audiences],
            IssuedAt = issuedAt,
            Expires = expires,
            MaxDepth = (int)maxDepth.Value,
            Tools = tools!,
            Spend = spend,
            Calls = calls,
            DataClasses = data,
            Purpose = purpose,
            Agreement = agreement,
            Status = status,
        });
        return DelegationFault.None;
    }

    private static bool IsWholeSecond(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    // A key that is itself a shared secret, RSA or on another curve holds nothing.
    private static bool TryGetHolder(JsonElement json, HolderKeys keys, [NotNullWhen(true)] out JsonWebKey? holder)
    {
        holder = null;
        return json.TryGetProperty("cnf", out var confirmation) && confirmation.ValueKind == JsonValueKind.Object
            && confirmation.TryGetProperty("jwk", out var jwk)
            && keys.TryRead(jwk, out holder)
            && holder.Curve is "Ed25519" or "P-256";
    }

    private static bool TryGetHash(JsonElement json, string name, out Hash256? hash)
    {
        hash = null;
        if (!json.TryGetProperty(name, out var member))
            return true;
        if (member.ValueKind != JsonValueKind.String || !Base64UrlText.TryDecode(member.GetString(), out var bytes) || bytes.Length != Hash256.Length)
            return false;
        hash = new Hash256(bytes);
        return true;
    }

    private static bool TryGetText(JsonElement json, string name, out string? text)
    {
        text = null;
        if (!json.TryGetProperty(name, out var member))
            return true;
        if (member.ValueKind != JsonValueKind.String || member.GetString() is not { Length: > 0 and <= MaxTextLength } read)
            return false;
        text = read;
        return true;
    }

    private static bool TryGetNumber(JsonElement json, string name, out long? number)
    {
        number = null;
        if (!json.TryGetProperty(name, out var member))
            return true;
        if (member.ValueKind != JsonValueKind.Number || !member.TryGetInt64(out var read) || read is < 0 or > MaxAmount)
            return false;
        number = read;
        return true;
    }

    private static bool TryGetTexts(JsonElement json, string name, out ImmutableArray<string> texts)
    {
        texts = default;
        if (!json.TryGetProperty(name, out var member))
            return true;
        if (member.ValueKind != JsonValueKind.Array || member.GetArrayLength() > MaxListLength)
            return false;
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var item in member.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 and <= MaxTextLength } text)
                return false;
            read.Add(text);
        }

        texts = read.ToImmutable();
        return true;
    }

    private static bool TryGetSpend(JsonElement json, out SpendLimit? spend)
    {
        spend = null;
        if (!json.TryGetProperty("spend", out var member))
            return true;
        if (member.ValueKind != JsonValueKind.Object
            || !TryGetText(member, "currency", out var currency) || currency is not { Length: 3 } || currency.Any(letter => !char.IsAsciiLetterUpper(letter))
            || !TryGetNumber(member, "max", out var max) || max is null
            || !TryGetNumber(member, "per", out var per))
            return false;
        spend = new SpendLimit(currency, max.Value, per);
        return true;
    }

    private static bool TryGetStatus(JsonElement json, out StatusReference? status)
    {
        status = null;
        if (!json.TryGetProperty("status", out var member))
            return true;
        if (member.ValueKind != JsonValueKind.Object
            || !TryGetText(member, "uri", out var uri) || uri is null
            || !TryGetNumber(member, "idx", out var index) || index is null)
            return false;
        status = new StatusReference(uri, index.Value);
        return true;
    }
}
