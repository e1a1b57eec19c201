using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Governance.Users;
using Writ.Identity.OAuth;
using Writ.Testing;

namespace Writ.Governance.Tests.Users;

public sealed class UserTokenRulesTests
{
    private static readonly FakeTime Time = new();

    private static readonly UserIssuer Issuer = new()
    {
        Name = "shop", Issuer = "https://login.shop.example", Audiences = ["shop-web"], Prefix = "shop/",
        Role = new ClaimMapping("groups", new Dictionary<string, string> { ["sales"] = "clerk", ["Sales EU"] = "clerk", ["admins"] = "manager" }.ToImmutableSortedDictionary(StringComparer.Ordinal)),
        Tier = new ClaimMapping("plan", new Dictionary<string, string> { ["p1"] = "gold" }.ToImmutableSortedDictionary(StringComparer.Ordinal)),
    };

    private static long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public void A_token_says_who_the_user_is_in_the_words_of_the_registration()
    {
        Assert.Null(Issuer.Problem);
        var (user, prior) = Read(Claims())!.Value;
        Assert.Equal(
            new AccessUser("shop", "shop/u-1") { Role = "clerk", Tier = "gold", AuthenticatedAt = DateTimeOffset.FromUnixTimeSeconds(Now - 60), Assurance = "urn:mace:incommon:iap:silver" }, user);
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, prior.ValueKind);

        // What it does not say is not made up.
        Assert.Equal(new AccessUser("shop", "shop/u-1"), Read(new JsonObject { ["iss"] = Issuer.Issuer, ["sub"] = "u-1", ["aud"] = "shop-web" })!.Value.User);
        Assert.Equal("mfa+pwd", Read(Changed(c => { c.Remove("acr"); c["amr"] = new JsonArray("pwd", "mfa"); }))!.Value.User.Assurance);
    }

    [Fact]
    public void A_role_that_is_not_mapped_or_not_one_is_none()
    {
        string Role(JsonNode groups) => Read(Changed(c => c["groups"] = groups))!.Value.User.Role;
        Assert.Equal("clerk", Role(new JsonArray("sales", "Sales EU", "lunch")));
        Assert.Equal("manager", Role("admins"));
        Assert.Equal("", Role(new JsonArray("sales", "admins"))); // the issuer's order decides nothing
        Assert.Equal("", Role("manager"));
        Assert.Equal("", Role("SALES"));
        Assert.Equal("", Role(new JsonArray(new JsonArray("admins"))));
        Assert.Equal("", Role(1));
    }

    public static TheoryData<string> Refused => new(
        """{"sub":""}""", """{"sub":null}""", """{"sub":"a\nb"}""", """{"aud":"other"}""", """{"aud":[]}""", """{"aud":["shop-web","other"],"azp":"other"}""",
        """{"events":{"http://schemas.openid.net/event/backchannel-logout":{}}}""", """{"cnf":{"jkt":"x"}}""", """{"may_act":{"sub":"somebody-else"}}""", """{"may_act":"agent-1"}""",
        """{"act":"x"}""", """{"act":{}}""", """{"act":{"sub":"a","act":{"sub":"b","act":{"sub":"c","act":{"sub":"d","act":{"sub":"e"}}}}}}""",
        """{"auth_time":"yesterday"}""", """{"auth_time":-1}""", """{"auth_time":99999999999}""");

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_token_that_is_not_for_this_agent_and_this_use_is_refused(string change)
    {
        var claims = Claims();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is null)
                claims.Remove(name);
            else
                claims[name] = value.DeepClone();
        }

        Assert.Null(Read(claims));
    }

    [Fact]
    public void A_token_that_says_who_may_act_is_for_that_agent_and_keeps_who_acted_before()
    {
        Assert.NotNull(Read(Changed(c => c["may_act"] = new JsonObject { ["sub"] = "agent-1" })));
        Assert.Equal("""{"sub":"a"}""", Read(Changed(c => c["act"] = new JsonObject { ["sub"] = "a" }))!.Value.PriorActor.GetRawText());
    }

    [Fact]
    public void Users_of_one_issuer_cannot_be_taken_for_those_of_another()
    {
        var issuers = UserIssuers.None with { ByName = UserIssuers.None.ByName.Add("shop", new TrustedUserIssuer(Issuer, default)) };
        var other = Issuer with { Name = "other", Issuer = "https://login.other.example" };
        Assert.NotNull(issuers.Obstacle(other));
        Assert.NotNull(issuers.Obstacle(other with { Prefix = "" }));
        Assert.NotNull(issuers.Obstacle(other with { Prefix = "shop/eu/" }));
        Assert.NotNull(issuers.Obstacle(other with { Prefix = "other/", Issuer = Issuer.Issuer }));
        Assert.Null(issuers.Obstacle(other with { Prefix = "other/" }));
        Assert.Null(issuers.Obstacle(Issuer with { Audiences = ["shop-app"] })); // in its own place
    }

    private static (AccessUser User, System.Text.Json.JsonElement PriorActor)? Read(JsonObject claims)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(CompactJws.TryParse(TestJwt.Sign(key, new JsonObject { ["alg"] = "ES256" }, claims), out var jws, out _));
        Assert.True(JsonWebToken.TryParse(jws, out var token, out _));
        return UserTokenRules.Read(Issuer, token, actor => actor == "agent-1", Time.GetUtcNow());
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var claims = Claims();
        change(claims);
        return claims;
    }

    private static JsonObject Claims() => new()
    {
        ["iss"] = Issuer.Issuer, ["sub"] = "u-1", ["aud"] = "shop-web", ["iat"] = Now, ["exp"] = Now + 60, ["groups"] = new JsonArray("sales"), ["plan"] = "p1", ["auth_time"] = Now - 60,
        ["acr"] = "urn:mace:incommon:iap:silver",
    };
}
