using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Testing;

namespace Writ.Server.Tests.OpenId;

/// <summary>What a provider, or who stands between, can say, and what comes of it.</summary>
public sealed class OpenIdTests
{
    private const string Refused = "/login#refused";

    [Fact]
    public async Task A_linked_account_logs_in_and_goes_on_at_the_one_page_whatever_was_asked()
    {
        await using var writ = await RunningServer.StartAsync();
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);
        await OpenIdVisit.LinkAsync(writ);
        using var visit = new OpenIdVisit(writ);
        await visit.BeginAsync(provider);
        provider.IdToken = provider.Sign(provider.Claims(visit.Nonce, TimeProvider.System.GetUtcNow()));
        Assert.Equal("/confirm", await visit.ReturnAsync(provider.Issuer, more: "&return_to=https://evil.example&redirect_uri=//evil.example"));
        Assert.True(await visit.IsInAsync());
        Assert.Equal(1, provider.Redeemed);

        // The same state, and so the same code, comes back once.
        Assert.Equal(Refused, await visit.ReturnAsync(provider.Issuer));
        Assert.Equal(1, provider.Redeemed);
    }

    [Fact]
    public async Task A_token_that_is_not_of_the_provider_for_Writ_for_this_login_and_now_logs_nobody_in_and_all_refusals_are_one()
    {
        await using var writ = await RunningServer.StartAsync();
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);
        await OpenIdVisit.LinkAsync(writ);
        using var stranger = StubProvider.NewKey("k1");
        var now = TimeProvider.System.GetUtcNow();

        string With(string nonce, string claim, JsonNode? value)
        {
            var claims = provider.Claims(nonce, now);
            claims.Remove(claim);
            if (value is not null)
                claims[claim] = value;
            return provider.Sign(claims);
        }

        string Unsigned(string nonce, string header, byte[] signature) =>
            $"{Text(header)}.{Text(provider.Claims(nonce, now).ToJsonString())}.{Base64Url.EncodeToString(signature)}";

        // HMAC with what everybody knows: the provider's public key.
        string Confused(string nonce)
        {
            var input = $"{Text("""{"alg":"HS256","kid":"k1"}""")}.{Text(provider.Claims(nonce, now).ToJsonString())}";
            return $"{input}.{Base64Url.EncodeToString(System.Security.Cryptography.HMACSHA256.HashData(provider.Key.VerificationKey.ToJson(), Encoding.ASCII.GetBytes(input)))}";
        }

        var attempts = new (string What, Func<string, string> Token)[]
        {
            ("alg none", nonce => Unsigned(nonce, """{"alg":"none"}""", [])),
            ("alg none of a key", nonce => Unsigned(nonce, """{"alg":"none","kid":"k1"}""", [])),
            ("a public key as a shared secret", Confused),
            ("another key under the same name", nonce => provider.Sign(provider.Claims(nonce, now), stranger)),
            ("another audience", nonce => With(nonce, "aud", "other")),
            ("several audiences and no party", nonce => With(nonce, "aud", new JsonArray("writ", "other"))),
            ("another party", nonce => With(nonce, "azp", "other")),
            ("another issuer", nonce => With(nonce, "iss", "https://evil.example")),
            ("another nonce", nonce => With(nonce, "nonce", "x")),
            ("no nonce", nonce => With(nonce, "nonce", null)),
            ("expired", nonce => With(nonce, "exp", now.AddMinutes(-5).ToUnixTimeSeconds())),
            ("no end", nonce => With(nonce, "exp", null)),
            ("from the future", nonce => With(nonce, "iat", now.AddMinutes(10).ToUnixTimeSeconds())),
            ("nobody", nonce => With(nonce, "sub", null)),
            ("an empty subject", nonce => With(nonce, "sub", "")),
            ("an account that nobody is linked to, with the e-mail address of somebody", nonce => With(nonce, "sub", "mallory")),
            ("a token of another kind", nonce => provider.Sign(provider.Claims(nonce, now), type: "at+jwt")),
            ("no token", _ => ""),
        };
        foreach (var (what, token) in attempts)
        {
            using var visit = new OpenIdVisit(writ);
            await visit.BeginAsync(provider);
            provider.IdToken = token(visit.Nonce);
            var went = await visit.ReturnAsync(provider.Issuer);
            Assert.True(went == Refused && visit.Session is null, $"{what}: {went}");
        }

        Assert.Equal(attempts.Length, provider.Redeemed);
        static string Text(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task What_comes_back_to_another_browser_under_another_provider_or_from_another_issuer_is_refused_before_a_code_is_redeemed()
    {
        await using var writ = await RunningServer.StartAsync();
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);
        await OpenIdVisit.RegisterAsync(writ, provider, "other");
        await OpenIdVisit.LinkAsync(writ);

        async Task Refuse(Func<OpenIdVisit, Task<string>> back)
        {
            using var visit = new OpenIdVisit(writ);
            await visit.BeginAsync(provider);
            provider.IdToken = provider.Sign(provider.Claims(visit.Nonce, TimeProvider.System.GetUtcNow()));
            Assert.Equal(Refused, await back(visit));
            Assert.Null(visit.Session);
        }

        await Refuse(visit =>
        {
            visit.Binding = null;
            return visit.ReturnAsync(provider.Issuer);
        });
        await Refuse(visit =>
        {
            visit.Binding = new string('A', 43);
            return visit.ReturnAsync(provider.Issuer);
        });
        await Refuse(visit => visit.ReturnAsync(provider.Issuer, name: "other"));
        await Refuse(visit => visit.ReturnAsync("https://evil.example"));
        await Refuse(visit => visit.ReturnAsync(null)); // it says that it always names itself
        await Refuse(visit => visit.ReturnAsync(provider.Issuer, state: "made-up"));
        await Refuse(visit => visit.ReturnAsync(provider.Issuer, more: "&error=access_denied"));
        Assert.Equal(0, provider.Redeemed);
        await Refuse(visit => visit.ReturnAsync(provider.Issuer, code: "another"));
        provider.Challenge = "";
        Assert.Equal(0, provider.Redeemed);
    }

    [Fact]
    public async Task T59_a_provider_leads_Writ_nowhere_that_was_not_allowed()
    {
        await using var writ = await RunningServer.StartAsync();
        foreach (var (allowed, change) in new (string Allowed, Action<JsonObject> Change)[]
        {
            ("10.1.2.3", _ => { }), // the provider itself is on loopback
            ("127.0.0.1", m => m["issuer"] = "https://evil.example"),
            ("127.0.0.1", m => m["token_endpoint"] = "file:///etc/passwd"),
            ("127.0.0.1", m => m["jwks_uri"] = "gopher://127.0.0.1/"),
            ("127.0.0.1", m => m.Remove("authorization_endpoint")),
            ("127.0.0.1", m => m["authorization_endpoint"] = "javascript:alert(1)"),
        })
        {
            await using var provider = await StubProvider.StartAsync();
            provider.Metadata = change;
            await OpenIdVisit.RegisterAsync(writ, provider, address: allowed);
            using var visit = new OpenIdVisit(writ);
            Assert.Equal(Refused, (await visit.BeginAsync(provider)).ToString());
        }

        await using var inner = await StubProvider.StartAsync();
        inner.Metadata = m => m["jwks_uri"] = "http://169.254.169.254/latest/meta-data";
        await OpenIdVisit.RegisterAsync(writ, inner);
        await OpenIdVisit.LinkAsync(writ);
        using var led = new OpenIdVisit(writ);
        await led.BeginAsync(inner);
        inner.IdToken = inner.Sign(inner.Claims(led.Nonce, TimeProvider.System.GetUtcNow()));
        Assert.Equal(Refused, await led.ReturnAsync(inner.Issuer));
    }

    [Fact]
    public async Task A_provider_that_rotates_its_keys_is_believed_and_no_flood_of_unknown_keys_becomes_one_of_requests()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);
        await OpenIdVisit.LinkAsync(writ);

        async Task<string> LogIn()
        {
            using var visit = new OpenIdVisit(writ);
            await visit.BeginAsync(provider);
            provider.IdToken = provider.Sign(provider.Claims(visit.Nonce, time.GetUtcNow()));
            return await visit.ReturnAsync(provider.Issuer);
        }

        Assert.Equal("/confirm", await LogIn());
        Assert.Equal(1, provider.KeysAsked);
        provider.Rotate("k2");
        for (var i = 0; i < 5; i++)
            Assert.Equal(Refused, await LogIn());
        Assert.Equal(1, provider.KeysAsked);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("/confirm", await LogIn());
        Assert.Equal(2, provider.KeysAsked);
    }

    [Fact]
    public async Task The_provider_alone_ends_a_session_behind_the_browser()
    {
        await using var writ = await RunningServer.StartAsync();
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);
        await OpenIdVisit.LinkAsync(writ);
        using var visit = new OpenIdVisit(writ);
        await visit.BeginAsync(provider);
        provider.IdToken = provider.Sign(provider.Claims(visit.Nonce, TimeProvider.System.GetUtcNow()));
        Assert.Equal("/confirm", await visit.ReturnAsync(provider.Issuer));
        using var stranger = StubProvider.NewKey("k1");

        JsonObject Logout(Action<JsonObject>? change = null)
        {
            var claims = new JsonObject
            {
                ["iss"] = provider.Issuer, ["aud"] = "writ", ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["jti"] = "1", ["sid"] = "s1",
                ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
            };
            change?.Invoke(claims);
            return claims;
        }

        foreach (var wrong in new[]
        {
            provider.Sign(Logout(), stranger), provider.Sign(Logout(c => c["nonce"] = "n")), provider.Sign(Logout(c => c["aud"] = "other")), provider.Sign(Logout(c => c["iss"] = "https://evil.example")),
            provider.Sign(Logout(c => c["events"] = new JsonObject())), provider.Sign(Logout(c => c.Remove("sid"))), provider.Sign(Logout(c => c["iat"] = 0)), provider.IdToken, "", "x.y.z",
        })
            Assert.Equal(HttpStatusCode.BadRequest, await visit.LogOutAsync(wrong));
        Assert.Equal(HttpStatusCode.OK, await visit.LogOutAsync(provider.Sign(Logout(c => c["sid"] = "another session"))));
        Assert.True(await visit.IsInAsync());
        Assert.Equal(HttpStatusCode.OK, await visit.LogOutAsync(provider.Sign(Logout())));
        Assert.False(await visit.IsInAsync());
    }

    [Fact]
    public async Task A_session_ends_with_the_link_and_the_provider_that_it_rests_on_and_proves_no_presence()
    {
        await using var writ = await RunningServer.StartAsync();
        await using var provider = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, provider);

        async Task<OpenIdVisit> Enter()
        {
            await OpenIdVisit.LinkAsync(writ);
            var visit = new OpenIdVisit(writ);
            await visit.BeginAsync(provider);
            provider.IdToken = provider.Sign(provider.Claims(visit.Nonce, TimeProvider.System.GetUtcNow()));
            Assert.Equal("/confirm", await visit.ReturnAsync(provider.Issuer));
            Assert.True(await visit.IsInAsync());
            return visit;
        }

        using var first = await Enter();
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/people/administrator/links/remove", writ.Person, """{"provider":"stub","subject":"alice","reason":"left"}""")).Status);
        Assert.False(await first.IsInAsync());
        using var second = await Enter();
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/openid-providers/stub/remove", writ.Person, """{"reason":"compromised"}""")).Status);
        Assert.False(await second.IsInAsync());

        // Under the old name another issuer inherits nobody.
        await using var other = await StubProvider.StartAsync();
        await OpenIdVisit.RegisterAsync(writ, other);
        using var visit = new OpenIdVisit(writ);
        await visit.BeginAsync(other);
        other.IdToken = other.Sign(other.Claims(visit.Nonce, TimeProvider.System.GetUtcNow()));
        Assert.Equal(Refused, await visit.ReturnAsync(other.Issuer));
    }

    [Fact]
    public async Task Organizations_that_do_not_exist_look_like_those_without_a_provider()
    {
        await using var writ = await RunningServer.StartAsync();
        var known = await writ.SendAsync("GET", "/o/default/login");
        var unknown = await writ.SendAsync("GET", "/o/nobody/login");
        Assert.Equal(known.Body!.ToJsonString(), unknown.Body!.ToJsonString());
    }
}
