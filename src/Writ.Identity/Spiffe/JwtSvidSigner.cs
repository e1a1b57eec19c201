using System.Security.Cryptography;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Identity.Spiffe;

/// <summary>Signs JWT-SVIDs of one trust domain, with ES256. Thread safe.</summary>
public sealed class JwtSvidSigner : IDisposable
{
    /// <summary>How long a token is in force.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>The most audiences of a token.</summary>
    public const int MaxAudiences = 8;

    private readonly JsonWebSigningKey _key;
    private readonly string _domain;
    private readonly TimeProvider _time;

    /// <summary>Signs with a key on P-256, which stays the caller's to dispose.</summary>
    /// <param name="trustDomain">Whose ids it signs.</param>
    /// <param name="key">The private key.</param>
    /// <param name="time">The clock.</param>
    public JwtSvidSigner(string trustDomain, ECDsa key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyId = Crypto.Hashing.Hash256.Of(key.ExportSubjectPublicKeyInfo()).ToHex()[..32];
        (_domain, _time, _key) = (trustDomain, time, JsonWebSigningKey.FromEcdsa(key, KeyId));
    }

    /// <summary>Names the key in headers and in the bundle.</summary>
    public string KeyId { get; }

    /// <summary>The key that verifies.</summary>
    public JsonWebKey PublicKey => _key.VerificationKey;

    /// <summary>Signs a token.</summary>
    /// <param name="id">Whose it is.</param>
    /// <param name="audiences">Who may take it: at least one.</param>
    /// <param name="credential">The credential it is given for; what revokes that revokes the token.</param>
    /// <exception cref="ArgumentException">The id is of another domain, or there is no audience.</exception>
    public (string Token, DateTimeOffset ExpiresAt) Issue(SpiffeId id, IReadOnlyList<string> audiences, string credential)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(audiences);
        if (!id.TrustDomain.SequenceEqual(_domain) || id.Path.IsEmpty)
            throw new ArgumentException($"{id} is no workload of {_domain}", nameof(id));
        if (audiences.Count is 0 or > MaxAudiences)
            throw new ArgumentException($"a token has 1 to {MaxAudiences} audiences", nameof(audiences));
        var issued = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = issued + Life;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sub", id.ToString());
            writer.WriteStartArray("aud");
            foreach (var audience in audiences)
                writer.WriteStringValue(audience);
            writer.WriteEndArray();
            writer.WriteNumber("iat", issued.ToUnixTimeSeconds());
            writer.WriteNumber("exp", expires.ToUnixTimeSeconds());
            writer.WriteString("jti", Guid.CreateVersion7(issued));
            writer.WriteString(JwtSvidVerifier.CredentialClaim, credential);
            writer.WriteEndObject();
        }

        return (new JwsSigner(_key, JoseAlgorithm.Es256).Sign(buffer.ToArray(), "JWT"), expires);
    }

    /// <summary>Signs another kind of token, whose type tells it apart from a JWT-SVID.</summary>
    internal string Sign(ReadOnlySpan<byte> payload, string type) => new JwsSigner(_key, JoseAlgorithm.Es256).Sign(payload, type);

    /// <summary>Forgets its copy of the key.</summary>
    public void Dispose() => _key.Dispose();
}
