using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Identity.Delegation;

namespace Writ.Identity.OAuth;

/// <summary>
/// Verifies proofs of possession (RFC 9449 section 4.3): that whoever sent this very request holds a key. The key comes with the proof and
/// says nothing by itself; what counts is whether a token is bound to it. A proof needs a nonce of this server and counts once. Thread safe.
/// </summary>
public sealed class DpopVerifier(DpopNonces nonces, NonceBooks used, TimeProvider time)
{
    /// <summary>The longest proof, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxId = 256;

    private static readonly JsonWebTokenRules Rules = new()
    {
        Types = ["dpop+jwt"], Required = ["jti", "htm", "htu", "iat"], MayOmitExpiry = true, MaxLifetime = TimeSpan.FromMinutes(1),
    };

    /// <summary>The algorithms of proofs and of clients' assertions: none with a shared secret.</summary>
    public static IReadOnlyList<JoseAlgorithm> Algorithms { get; } =
    [
        JoseAlgorithm.Es256, JoseAlgorithm.Es384, JoseAlgorithm.Es512, JoseAlgorithm.EdDsa, JoseAlgorithm.Ed25519, JoseAlgorithm.Ps256, JoseAlgorithm.Ps384, JoseAlgorithm.Ps512,
        JoseAlgorithm.Rs256, JoseAlgorithm.Rs384, JoseAlgorithm.Rs512,
    ];

    /// <summary>Verifies a proof and uses it up.</summary>
    /// <param name="text">The proof, as the header has it.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="addresses">The addresses at which the request may have been sent, without query.</param>
    /// <param name="client">Whose proof it is to be: a client that proved itself, or the one of a token that is good.</param>
    /// <param name="bound">The token that came along, with the thumbprint of the key that it is bound to; null where one is only asked for.</param>
    /// <param name="thumbprint">The SHA-256 thumbprint of the key (RFC 7638), in base64url.</param>
    public DpopFault Verify(string? text, string method, IReadOnlyCollection<string> addresses, string client, (string Token, string Key)? bound, out string? thumbprint)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        thumbprint = null;
        if (!CompactJws.TryParse(text, out var jws, out _, MaxBytes)
            || !jws.Header.Members.TryGetProperty("jwk", out var member) || member.ValueKind != JsonValueKind.Object || !JsonWebKey.TryParse(member, out var key, out _)
            || !new JsonWebTokenValidator(new JwsVerifier(key, Algorithms), Rules, time).TryValidate(text, out var proof, out _, MaxBytes)
            || proof.TokenId is not { Length: > 0 and <= MaxId } id)
            return DpopFault.Malformed;
        if (proof.Text("htm") != method || Normal(proof.Text("htu")) is not { } named || !addresses.Any(address => Normal(address) == named))
            return DpopFault.WrongRequest;
        // Before anything is used up: whoever has a token and not its key fills nobody's book.
        if (bound is var (token, boundTo) && (boundTo != key.Thumbprint.ToBase64Url() || proof.Text("ath") != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)))))
            return DpopFault.WrongToken;
        if (nonces.EndOf(proof.Text("nonce")) is not { } until)
            return DpopFault.NonceNeeded;
        if (!used.Of(client).TryUse(Hash256.Of(Encoding.UTF8.GetBytes($"{key.Thumbprint}\0{id}")), until))
            return DpopFault.Replayed;
        thumbprint = key.Thumbprint.ToBase64Url();
        return DpopFault.None;
    }

    /// <summary>The nonce that a proof says it has, believed by nobody yet.</summary>
    public static string? NonceIn(string? text) =>
        CompactJws.TryParse(text, out var jws, out _, MaxBytes) && JsonWebToken.TryParse(jws, out var proof, out _) ? proof.Text("nonce") : null;

    // Section 4.3, point 9: query and fragment do not count, and two spellings of one address are one.
    private static string? Normal(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.UserInfo.Length == 0
            ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : null;
}
