using System.Buffers;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Crypto.Json;

namespace Writ.Identity.Delegation;

/// <summary>
/// The proof, made anew for every call, that whoever presents a chain holds the key of its last token (I6). It is over the token, the tool,
/// the arguments and who is asked, so that it proves one call and no other. Stateless and thread safe.
/// </summary>
public static class PossessionProof
{
    /// <summary>The value of <c>typ</c>.</summary>
    public const string MediaType = "aat-pop+jwt";

    /// <summary>The longest proof, in bytes.</summary>
    public const int MaxBytes = 4 << 10;

    /// <summary>A proof for one call.</summary>
    /// <param name="leaf">The last token of the chain.</param>
    /// <param name="tool">The tool, as the token names it.</param>
    /// <param name="arguments">The arguments, a UTF-8 JSON text.</param>
    /// <param name="audience">Who is asked: one of the token's audiences.</param>
    /// <param name="key">The key of the agent that holds the token.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The arguments have no canonical form, or the key is of another kind.</exception>
    public static string Make(string leaf, string tool, ReadOnlySpan<byte> arguments, string audience, JsonWebSigningKey key, TimeProvider time)
    {
        if (DelegationTokenReader.TryRead(Encoding.UTF8.GetBytes(leaf), out var token) is var fault && fault != DelegationFault.None)
            throw new ArgumentException($"no delegation token: {fault}", nameof(leaf));
        if (!Jcs.TryHash(arguments, out var hash, out var error))
            throw new ArgumentException(error.Message, nameof(arguments));
        return new JwsSigner(key, DelegationSigner.AlgorithmOf(key))
            .Sign(Payload(token!.Id, tool, hash, audience, time.GetUtcNow().ToUnixTimeSeconds(), Guid.NewGuid().ToString("N")), MediaType);
    }

    /// <summary>
    /// Checks a proof for one call; <see cref="DelegationFault.None"/> when it proves it. That it is used once is for
    /// <paramref name="nonce"/> and its book.
    /// </summary>
    /// <param name="proof">The proof.</param>
    /// <param name="leaf">The last token of the verified chain.</param>
    /// <param name="tool">The tool that is called.</param>
    /// <param name="arguments">The digest of the arguments' canonical form.</param>
    /// <param name="audience">Who is asked.</param>
    /// <param name="now">The time.</param>
    /// <param name="nonce">Names this proof among all of this holder; until 30 seconds after it was made it must not be seen again.</param>
    public static DelegationFault Check(string? proof, DelegationToken leaf, string tool, Hash256 arguments, string audience, DateTimeOffset now, out (Hash256 Id, DateTimeOffset Until) nonce)
    {
        nonce = default;
        if (!CompactJws.TryParse(proof, out var jws, out _, MaxBytes)
            || jws.Header.Type != MediaType
            || !leaf.Holder.Verify(jws.Header.Algorithm, jws.Signature.SigningInput.Span, jws.Signature.Value.Span)
            || !JsonWebToken.TryParse(jws, out var claims, out _)
            || claims.IssuedAt is not { } issuedAt
            || claims.TokenId is not { Length: > 0 and <= DelegationTokenReader.MaxIdLength } id)
            return DelegationFault.WrongProof;

        // The whole payload has one form, so that what was signed leaves nothing open.
        if (!leaf.Terms.Audiences.Contains(audience) || !jws.Payload.Span.SequenceEqual(Payload(leaf.Id, tool, arguments, audience, issuedAt.ToUnixTimeSeconds(), id)))
            return DelegationFault.ProofOfSomethingElse;
        if (now - issuedAt > DelegationLimits.Skew || issuedAt - now > DelegationLimits.Skew)
            return DelegationFault.ProofNotFresh;
        nonce = (Hash256.Of(Encoding.UTF8.GetBytes($"{leaf.Holder.Thumbprint.ToHex()} {id}")), issuedAt + DelegationLimits.Skew);
        return DelegationFault.None;
    }

    // The members in canonical order (RFC 8785).
    private static byte[] Payload(string token, string tool, Hash256 arguments, string audience, long issuedAt, string id)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("aat_aud", audience);
            writer.WriteString("aat_id", token);
            writer.WriteString("aat_tool", tool);
            writer.WriteString("hta", arguments.ToBase64Url());
            writer.WriteNumber("iat", issuedAt);
            writer.WriteString("jti", id);
            writer.WriteEndObject();
        }

        return Jcs.TryCanonicalize(output.WrittenSpan, out var canonical, out var error) ? canonical : throw new InvalidOperationException(error.Message);
    }
}
