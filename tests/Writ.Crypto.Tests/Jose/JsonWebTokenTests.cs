using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Testing;

namespace Writ.Crypto.Tests.Jose;

public sealed class JsonWebTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly JsonWebSigningKey _key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());

    private readonly JsonWebTokenRules _rules = new()
    {
        Types = ["at+jwt"],
        Issuer = "https://idp.example",
        Audience = "writ",
        Required = ["sub", "jti"],
        MaxLifetime = TimeSpan.FromHours(1),
    };

    [Fact]
    public void A_token_within_the_rules_is_accepted_with_its_claims()
    {
        Assert.True(Validate(Claims(), out var token, out var fault), fault.ToString());
        Assert.Equal(("https://idp.example", "alice", "t1"), (token!.Issuer, token.Subject, token.TokenId));
        Assert.Equal(["writ"], token.Audiences);
        Assert.Equal(Now.AddMinutes(10), token.Expires);
        Assert.True(Validate(With("aud", new JsonArray("other", "writ")), out _, out _));
        Assert.True(Validate(Claims(), out _, out _, "application/AT+JWT"));
    }

    [Theory]
    [InlineData("iss", "https://idp.example/", JoseFault.WrongIssuer)]
    [InlineData("aud", "writ ", JoseFault.WrongAudience)]
    [InlineData("sub", null, JoseFault.MissingClaim)]
    [InlineData("exp", null, JoseFault.MissingClaim)]
    public void A_claim_that_is_wrong_or_absent_refuses_the_token(string name, string? value, JoseFault expected)
    {
        var claims = Claims();
        if (value is null)
            claims.Remove(name);
        else
            claims[name] = value;
        Assert.False(Validate(claims, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("exp", -30, JoseFault.Expired)]
    [InlineData("exp", -29, JoseFault.None)]
    [InlineData("nbf", 30, JoseFault.None)]
    [InlineData("nbf", 31, JoseFault.NotYetValid)]
    [InlineData("iat", 31, JoseFault.NotYetValid)]
    [InlineData("exp", 3600, JoseFault.None)]
    [InlineData("exp", 3601, JoseFault.LivesTooLong)]
    public void Times_are_checked_to_the_second_of_the_skew(string name, int seconds, JoseFault expected)
    {
        Validate(With(name, Now.AddSeconds(seconds).ToUnixTimeSeconds()), out _, out var fault);
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("exp", "\"1793534400\"")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "-1")]
    [InlineData("nbf", "null")]
    [InlineData("aud", "{}")]
    [InlineData("aud", "[1]")]
    [InlineData("iss", "7")]
    [InlineData("jti", "[]")]
    public void A_registered_claim_of_the_wrong_type_refuses_the_token(string name, string json)
    {
        Assert.False(Validate(With(name, JsonNode.Parse(json)), out _, out var fault));
        Assert.Equal(JoseFault.MalformedClaims, fault);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("jwt")]
    [InlineData("x/at+jwt")]
    public void A_token_of_another_type_is_not_taken_for_this_one(string? type)
    {
        Assert.False(Validate(Claims(), out _, out var fault, type));
        Assert.Equal(JoseFault.WrongType, fault);
    }

    [Fact]
    public void The_signature_is_checked_before_any_claim()
    {
        using var other = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var text = new JwsSigner(other, JoseAlgorithm.EdDsa).Sign("not even claims"u8, "at+jwt");
        Assert.False(Validator().TryValidate(text, out _, out var fault));
        Assert.Equal(JoseFault.WrongSignature, fault);
        Assert.False(Validator().TryValidate(new JwsSigner(_key, JoseAlgorithm.EdDsa).Sign("""{"sub":"a","sub":"b"}"""u8, "at+jwt"), out _, out fault));
        Assert.Equal(JoseFault.MalformedClaims, fault);
    }

    [Fact]
    public void The_skew_has_a_bound() => Assert.Throws<ArgumentOutOfRangeException>(() => new JsonWebTokenRules { Skew = TimeSpan.FromMinutes(6) });

    private static JsonObject Claims() => new()
    {
        ["iss"] = "https://idp.example",
        ["aud"] = "writ",
        ["sub"] = "alice",
        ["jti"] = "t1",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.AddMinutes(10).ToUnixTimeSeconds(),
    };

    private static JsonObject With(string name, JsonNode? value)
    {
        var claims = Claims();
        claims[name] = value;
        return claims;
    }

    private JsonWebTokenValidator Validator() => new(new JwsVerifier(_key.VerificationKey), _rules, new FakeTime(Now));

    private bool Validate(JsonObject claims, out JsonWebToken? token, out JoseFault fault, string? type = "at+jwt") =>
        Validator().TryValidate(new JwsSigner(_key, JoseAlgorithm.EdDsa).Sign(Encoding.UTF8.GetBytes(claims.ToJsonString()), type), out token, out fault);
}
