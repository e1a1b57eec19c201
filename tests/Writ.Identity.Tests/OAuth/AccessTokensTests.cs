using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Identity.OAuth;
using Writ.Identity.Spiffe;
using Writ.Testing;

namespace Writ.Identity.Tests.OAuth;

public sealed class AccessTokensTests : IDisposable
{
    private const string Issuer = "https://writ.example/o/default";

    private readonly FakeTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JwtSvidSigner _signer;

    public AccessTokensTests() => _signer = new JwtSvidSigner("acme.example", _key, _time);

    private static AccessToken Token => new()
    {
        Issuer = Issuer, Agent = "spiffe://acme.example/agent/1", Client = "client", Audience = "https://writ.example", Scope = "desk/read", KeyThumbprint = "thumb",
    };

    private Dictionary<string, JsonWebKey> Keys => new() { [_signer.KeyId] = _signer.PublicKey };

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void A_token_says_after_its_way_what_it_said_before()
    {
        var (text, expires) = AccessTokens.Issue(_signer, Token, _time);
        Assert.Equal(AccessTokens.Life, expires - _time.GetUtcNow());
        Assert.Equal(Issuer, AccessTokens.IssuerIn(text));
        Assert.True(AccessTokens.TryVerify(text, Issuer, Keys, _time, out var token));
        Assert.Equal(Token with { IssuedAt = _time.GetUtcNow() }, token);

        var user = Token with { User = new AccessUser("shop", "u-1") { Role = "clerk", Tier = "gold", AuthenticatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), Assurance = "mfa" } };
        Assert.True(AccessTokens.TryVerify(AccessTokens.Issue(_signer, user, _time).Token, Issuer, Keys, _time, out token));
        Assert.Equal(user with { IssuedAt = _time.GetUtcNow() }, token);
    }

    [Fact]
    public void A_token_that_would_be_bound_to_nothing_is_not_made() =>
        Assert.Throws<ArgumentException>(() => AccessTokens.Issue(_signer, Token with { KeyThumbprint = null }, _time));

    [Fact]
    public void A_token_is_over_when_its_time_is_over()
    {
        var (text, _) = AccessTokens.Issue(_signer, Token, _time);
        _time.Advance(AccessTokens.Life - TimeSpan.FromSeconds(1));
        Assert.True(AccessTokens.TryVerify(text, Issuer, Keys, _time, out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(AccessTokens.TryVerify(text, Issuer, Keys, _time, out _));
    }

    [Fact]
    public void A_token_of_another_issuer_key_or_kind_is_none()
    {
        var (text, _) = AccessTokens.Issue(_signer, Token, _time);
        Assert.False(AccessTokens.TryVerify(text, "https://writ.example/o/other", Keys, _time, out _));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(AccessTokens.TryVerify(text, Issuer, new Dictionary<string, JsonWebKey> { [_signer.KeyId] = JsonWebKey.FromEcdsa(other, _signer.KeyId) }, _time, out _)); // key substitution
        Assert.True(SpiffeId.TryParse("spiffe://acme.example/agent/1", out var id, out _));
        var (svid, _) = _signer.Issue(id, [Issuer], "client");
        Assert.Null(AccessTokens.IssuerIn(svid));
        Assert.False(AccessTokens.TryVerify(svid, Issuer, Keys, _time, out _));
        Assert.False(new JwtSvidVerifier(_time).TryVerify(text, "https://writ.example", _ => Keys, out _)); // nor the other way round
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":"KID"}""")]
    public void A_header_that_is_not_ours_is_refused_although_the_key_signed_it(string header)
    {
        var claims = Claims().ToJsonString();
        Assert.True(AccessTokens.TryVerify(TestJwt.Sign(_key, $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{_signer.KeyId}}"}""", claims), Issuer, Keys, _time, out _));
        Assert.False(AccessTokens.TryVerify(TestJwt.Sign(_key, header.Replace("KID", _signer.KeyId, StringComparison.Ordinal), claims), Issuer, Keys, _time, out _));
    }

    [Theory]
    [InlineData("cnf")]
    [InlineData("client_id")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("jti")]
    public void A_claim_that_is_missing_is_refused(string name)
    {
        var claims = Claims();
        claims.Remove(name);
        Assert.False(AccessTokens.TryVerify(TestJwt.Sign(_key, $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{_signer.KeyId}}"}""", claims.ToJsonString()), Issuer, Keys, _time, out _));
    }

    private JsonObject Claims()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Issuer, ["sub"] = "spiffe://acme.example/agent/1", ["aud"] = "https://writ.example", ["client_id"] = "client", ["iat"] = now, ["exp"] = now + 60, ["jti"] = "1",
            ["cnf"] = new JsonObject { ["jkt"] = "thumb" },
        };
    }
}
