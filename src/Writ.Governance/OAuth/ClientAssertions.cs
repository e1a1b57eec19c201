using System.Security.Cryptography;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Governance.Credentials;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;
using Writ.Identity.OAuth;

namespace Writ.Governance.OAuth;

/// <summary>
/// Verifies what OAuth clients prove themselves by: a JWT signed with the key that was registered for them (RFC 7523 section 3), for this
/// authorization server and for no other, for minutes, once. Unknown clients and known ones with a wrong signature look the same, also to a
/// stop-watch. Thread safe.
/// </summary>
public sealed class ClientAssertions
{
    /// <summary>The longest life of an assertion.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(5);

    /// <summary>The longest assertion, in bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxId = 256;

    private static readonly JsonWebKey Nobody = MakeKey();

    private readonly OAuthIssuers _issuers;
    private readonly NonceBooks _used;
    private readonly TimeProvider _time;
    private DateTimeOffset _begun;

    /// <summary>What was used before this moment is not remembered, so that nothing from before it is taken.</summary>
    public ClientAssertions(OAuthIssuers issuers, NonceBooks used, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_issuers, _used, _time) = (issuers, used, time);
        Begin();
    }

    /// <summary>Begins to take assertions; said again once the records are read, whose newest may be later than the clock.</summary>
    public void Begin() => _begun = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The client that an assertion is of, whose use it was; null where it is nobody's.</summary>
    /// <param name="organization">Whose authorization server was asked.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="client">What the request calls the client; null where it calls it nothing.</param>
    public AgentCredential? Find(OrganizationState organization, string assertion, string? client)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var named = CompactJws.TryParse(assertion, out var jws, out _, MaxBytes) && JsonWebToken.TryParse(jws, out var claimed, out _) ? claimed.Issuer : null;
        var credential = named is null ? null : organization.AgentCredentials.Find(named);
        var key = credential is { Kind: CredentialKind.OAuthClient } ? OAuthClientKey.Read(credential.Public) : null;
        var rules = new JsonWebTokenRules
        {
            Types = ["JWT", "client-authentication+jwt"], MayOmitType = true, Issuer = named, Audience = _issuers.Of(organization.Id), Required = ["sub", "iat", "jti"], MaxLifetime = MaxLife,
        };
        if (!new JsonWebTokenValidator(new JwsVerifier(key ?? Nobody, DpopVerifier.Algorithms), rules, _time).TryValidate(assertion, out var token, out _, MaxBytes)
            || key is null || credential?.IsInForce(_time.GetUtcNow()) != true
            || token.Subject != credential.Id || token.Audiences.Count != 1 || (client is not null && client != credential.Id)
            || token.TokenId is not { Length: > 0 and <= MaxId } id || token.IssuedAt < _begun)
            return null;
        return _used.Of(credential.Id).TryUse(Hash256.Of(Encoding.UTF8.GetBytes(id)), token.Expires!.Value + rules.Skew) ? credential : null;
    }

    private static JsonWebKey MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return JsonWebKey.FromEcdsa(key);
    }
}
