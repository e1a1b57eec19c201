using System.Text.Json.Nodes;
using Writ.Server.Tests.OpenId;
using Writ.Testing;

namespace Writ.Server.Tests.OAuth;

/// <summary>Agents that act for end users, as an issuer of users says who they are.</summary>
public sealed class TokenExchangeTests
{
    private const string TokenTypes = "urn:ietf:params:oauth:token-type:";

    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_users_token_becomes_one_that_names_user_and_agent_and_dies_with_its_issuer()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        await using var provider = await StubProvider.StartAsync();
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        Assert.Equal("invalid_grant", (await ExchangeAsync(agent, provider.Sign(Claims(provider)))).Body["error"]!.GetValue<string>());
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(provider).ToJsonString())).Status);

        _time.Advance(TimeSpan.FromSeconds(1));
        var (status, body) = await ExchangeAsync(agent, provider.Sign(Claims(provider)));
        Assert.True(status == 200, body.ToJsonString());
        Assert.Equal(TokenTypes + "access_token", body["issued_token_type"]!.GetValue<string>());
        var token = body["access_token"]!.GetValue<string>();
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        Assert.Equal(("alice", $"spiffe://writ.local/agent/{agent.Id}"), (claims["sub"]!.GetValue<string>(), claims["act"]!["sub"]!.GetValue<string>()));
        Assert.Equal("clerk", claims["writ_user"]!["role"]!.GetValue<string>());
        Assert.Equal(201, (await agent.CallAsync(token)).Status);
        var ofAlice = (await writ.SendAsync("POST", "/v1/tasks", agent.ApiKey, new JsonObject { ["user_token"] = provider.Sign(Claims(provider)) }.ToJsonString())).Body!["token"]!.GetValue<string>();
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", agent.ApiKey, "{}", headers: [("Writ-Task", ofAlice)])).Status);

        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/user-issuers/shop/remove", writ.Person, """{"reason":"over"}""")).Status);
        Assert.Equal(401, (await agent.CallAsync(token)).Status);
        // What was proved by whom nobody believes any more goes on in no task, and in none below it.
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/tasks", agent.ApiKey, "{}", headers: [("Writ-Task", ofAlice)])).Status);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(provider).ToJsonString())).Status);
        Assert.Equal(401, (await agent.CallAsync(token)).Status); // a new registration says nothing of what was said before
        Assert.Equal(201, (await agent.CallAsync((await ExchangeAsync(agent, provider.Sign(Claims(provider)))).Body["access_token"]!.GetValue<string>())).Status);
    }

    [Fact]
    public async Task A_token_that_no_issuer_signed_for_this_is_refused()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        await using var provider = await StubProvider.StartAsync();
        await using var elsewhere = await StubProvider.StartAsync();
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(provider).ToJsonString())).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(elsewhere, "other").ToJsonString())).Status); // the same prefix
        using var thief = StubProvider.NewKey("k1");
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        string[] wrong =
        [
            provider.Sign(Claims(provider), thief), // key substitution
            elsewhere.Sign(Claims(elsewhere)), // nobody vouched for it
            elsewhere.Sign(Claims(provider)),
            provider.Sign(Claims(provider), type: "logout+jwt"),
            provider.Sign(Claims(provider), type: "secevent+jwt"),
            provider.Sign(Claims(provider, c => c["aud"] = "other")),
            provider.Sign(Claims(provider, c => c["exp"] = now - 31)),
            provider.Sign(Claims(provider, c => c["exp"] = now + 90_000)),
            provider.Sign(Claims(provider, c => c["iat"] = now + 31)),
            provider.Sign(Claims(provider, c => c["cnf"] = new JsonObject { ["jkt"] = "x" })),
            provider.Sign(Claims(provider, c => c["may_act"] = new JsonObject { ["sub"] = "spiffe://writ.local/agent/another" })),
            TestJwt.With("""{"alg":"none"}""", Claims(provider).ToJsonString(), _ => []),
            TestJwt.With("""{"alg":"HS256","kid":"k1"}""", Claims(provider).ToJsonString(), input => System.Security.Cryptography.HMACSHA256.HashData(provider.Key.VerificationKey.ToJson(), input)),
            "x",
        ];
        foreach (var subject in wrong)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal("invalid_grant", (await ExchangeAsync(agent, subject)).Body["error"]!.GetValue<string>());
            Assert.Equal("WRIT3068", (await writ.SendAsync("POST", "/v1/tasks", agent.ApiKey, new JsonObject { ["user_token"] = subject }.ToJsonString())).Body!["code"]!.GetValue<string>());
        }

        async Task<string> RefusedAsync(Action<Dictionary<string, string>> change) => (await ExchangeAsync(agent, provider.Sign(Claims(provider)), change)).Body["error"]!.GetValue<string>();
        Assert.Equal("invalid_request", await RefusedAsync(form => form["actor_token"] = "x"));
        Assert.Equal("invalid_request", await RefusedAsync(form => form["requested_token_type"] = TokenTypes + "refresh_token"));
        Assert.Equal("invalid_request", await RefusedAsync(form => form["subject_token_type"] = TokenTypes + "saml2"));
        Assert.Equal("invalid_target", await RefusedAsync(form => form["audience"] = "https://other.example"));
        Assert.Equal("invalid_scope", await RefusedAsync(form => form["scope"] = "bank/pay")); // a user widens nothing
        Assert.Equal("invalid_client", (await agent.AskAsync(agent.Assertion(key: agent.ProofKey), form: form => Exchange(form, provider.Sign(Claims(provider))))).Body["error"]!.GetValue<string>());
        Assert.Equal("invalid_grant", (await ExchangeAsync(agent, await agent.TokenAsync(), form => form["subject_token_type"] = TokenTypes + "access_token")).Body["error"]!.GetValue<string>()); // Writ's own

        // What the issuer says of itself is asked at its own address alone, and of another issuer it may say nothing.
        provider.Metadata = metadata => metadata["issuer"] = elsewhere.Issuer;
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/user-issuers/shop/remove", writ.Person, """{"reason":"over"}""")).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(provider).ToJsonString())).Status);
        Assert.Equal("invalid_grant", (await ExchangeAsync(agent, provider.Sign(Claims(provider)))).Body["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_private_address_is_asked_only_where_the_registration_allows_it()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        await using var provider = await StubProvider.StartAsync();
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        var registration = Registration(provider);
        registration.Remove("allowed_addresses");
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, registration.ToJsonString())).Status);
        Assert.Equal("invalid_grant", (await ExchangeAsync(agent, provider.Sign(Claims(provider)))).Body["error"]!.GetValue<string>());
        Assert.Equal(0, provider.KeysAsked);
    }

    [Theory]
    [InlineData("audiences", "[]")]
    [InlineData("issuer", "\"ftp://x.example\"")]
    [InlineData("prefix", "\"a b\"")]
    [InlineData("role", """{"claim":"","words":{"a":"b"}}""")]
    [InlineData("role", """{"claim":"groups","words":{}}""")]
    [InlineData("keys", "[]")]
    public async Task An_issuer_that_cannot_be_used_is_not_registered(string member, string value)
    {
        await using var writ = await RunningServer.StartAsync(_time);
        var body = new JsonObject { ["name"] = "shop", ["issuer"] = "https://login.example", ["audiences"] = new JsonArray("web") };
        body[member] = JsonNode.Parse(value);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, body.ToJsonString())).Status);
    }

    [Fact]
    public async Task Whoever_opens_a_task_the_users_token_makes_the_user_a_fact_and_a_persons_word_a_claim()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        await using var provider = await StubProvider.StartAsync();
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/user-issuers", writ.Person, Registration(provider).ToJsonString())).Status);
        var point = await writ.PointAsync(agent.Id);
        _time.Advance(TimeSpan.FromSeconds(1));
        var user = provider.Sign(Claims(provider));
        JsonObject Body(string name, string value) => new() { ["agent"] = agent.Id, [name] = value };
        foreach (var caller in new[] { writ.Person, point, agent.ApiKey })
            Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", caller, Body("user_token", user).ToJsonString())).Status);
        foreach (var caller in new[] { writ.Person, point, agent.ApiKey })
            Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", caller, Body("on_behalf_of", "alice").ToJsonString())).Status);
        var (_, list, _) = await writ.SendAsync("GET", "/v1/records?kind=task&limit=50", writ.Person);
        Assert.NotNull(list);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/tasks", agent.ApiKey, Body("user_token", new string('x', 20_000)).ToJsonString())).Status);

        // Under one user's token no task of another is opened.
        var token = (await ExchangeAsync(agent, user)).Body["access_token"]!.GetValue<string>();
        Assert.Equal(201, (await agent.CallAsync(token, body: Body("user_token", user).ToJsonString())).Status);
        Assert.Equal(403, (await agent.CallAsync(token, body: Body("user_token", provider.Sign(Claims(provider, c => c["sub"] = "bob"))).ToJsonString())).Status);
    }

    private static void Exchange(Dictionary<string, string> form, string subject)
    {
        form["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange";
        form["subject_token"] = subject;
        form["subject_token_type"] = TokenTypes + "id_token";
    }

    private static Task<(int Status, JsonObject Body)> ExchangeAsync(OAuthAgent agent, string subject, Action<Dictionary<string, string>>? change = null) => agent.AskAsync(form: form =>
    {
        Exchange(form, subject);
        change?.Invoke(form);
    });

    private static JsonObject Registration(StubProvider provider, string name = "shop") => new()
    {
        ["name"] = name, ["issuer"] = provider.Issuer, ["audiences"] = new JsonArray("writ"), ["role"] = new JsonObject { ["claim"] = "groups", ["words"] = new JsonObject { ["sales"] = "clerk" } },
        ["allowed_addresses"] = new JsonArray("127.0.0.1"),
    };

    private JsonObject Claims(StubProvider provider, Action<JsonObject>? change = null)
    {
        var claims = provider.Claims("n", _time.GetUtcNow());
        claims["groups"] = new JsonArray("sales");
        change?.Invoke(claims);
        return claims;
    }
}
