using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Jose;

namespace Writ.Identity.Spiffe;

/// <summary>
/// Verifies JWT-SVIDs: by the keys of the very domain that the subject names, for an audience of ours, and for a short life (JWT-SVID sections
/// 2 to 4). The algorithm is the key's, so that a header can confuse nothing. Thread safe.
/// </summary>
public sealed class JwtSvidVerifier(TimeProvider time)
{
    /// <summary>The claim that names the credential for which Writ signed a token.</summary>
    public const string CredentialClaim = "writ_credential";

    /// <summary>The longest token, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>The longest life that is taken: ten minutes.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(10);

    /// <summary>Section 2.1 allows these and no others: neither a shared secret nor EdDSA.</summary>
    private static readonly JoseAlgorithm[] Algorithms =
    [
        JoseAlgorithm.Rs256, JoseAlgorithm.Rs384, JoseAlgorithm.Rs512, JoseAlgorithm.Es256, JoseAlgorithm.Es384, JoseAlgorithm.Es512,
        JoseAlgorithm.Ps256, JoseAlgorithm.Ps384, JoseAlgorithm.Ps512,
    ];

    /// <summary>Whose a token says it is, believed by nobody yet; null where it is no token of a workload.</summary>
    public static SpiffeId? ClaimedBy(string text) =>
        CompactJws.TryParse(text, out var jws, out _, MaxBytes) && JsonWebToken.TryParse(jws, out var token, out _)
        && SpiffeId.TryParse(token.Subject, out var id, out _) && !id.Path.IsEmpty
            ? id
            : null;

    /// <summary>Verifies a token.</summary>
    /// <param name="text">The token.</param>
    /// <param name="audience">Who has to be among its audiences.</param>
    /// <param name="keysOf">By key id, the keys of a trust domain; null or none where it is not trusted.</param>
    /// <param name="svid">What was verified; null where it is refused.</param>
    public bool TryVerify(string text, string audience, Func<string, IReadOnlyDictionary<string, JsonWebKey>?> keysOf, [NotNullWhen(true)] out JwtSvid? svid)
    {
        ArgumentNullException.ThrowIfNull(keysOf);
        svid = null;
        if (ClaimedBy(text) is not { } claimed
            || keysOf(claimed.TrustDomain.ToString()) is not { Count: > 0 } keys
            || !CompactJws.TryParse(text, out var jws, out _, MaxBytes)
            || jws.Header.KeyId is not { } keyId || !keys.TryGetValue(keyId, out var key))
            return false;
        var rules = new JsonWebTokenRules { Types = ["JWT", "JOSE"], MayOmitType = true, Audience = audience, Required = ["sub", "aud"], MaxLifetime = MaxLife };
        if (!new JsonWebTokenValidator(new JwsVerifier(key, Algorithms), rules, time).TryValidate(text, out var token, out _, MaxBytes))
            return false;
        svid = new JwtSvid(claimed, keyId, token.Text(CredentialClaim), token.Expires!.Value);
        return true;
    }
}
