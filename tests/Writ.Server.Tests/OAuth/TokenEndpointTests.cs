using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.OAuth;

/// <summary>Agents that get access tokens and call with them, over a real Kestrel.</summary>
public sealed class TokenEndpointTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_client_gets_a_token_that_is_bound_to_its_key_and_opens_the_doors_with_it_alone()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        var (status, metadata, _) = await writ.SendAsync("GET", "/.well-known/oauth-authorization-server/o/default");
        Assert.Equal((200, agent.Issuer, agent.Issuer + "/oauth/token"), (status, metadata!["issuer"]!.GetValue<string>(), metadata["token_endpoint"]!.GetValue<string>()));
        Assert.True(metadata["tls_client_certificate_bound_access_tokens"]!.GetValue<bool>());
        Assert.Equal(404, (await writ.SendAsync("GET", "/.well-known/oauth-authorization-server/o/nobody")).Status);
        var (_, keys, _) = await writ.SendAsync("GET", "/o/default/oauth/keys");
        Assert.Single(keys!["keys"]!.AsArray());

        var token = await agent.TokenAsync();
        Assert.Equal(201, (await agent.CallAsync(token)).Status);
        Assert.Equal(200, (await agent.CallAsync(token, path: "/mcp", body: Initialize)).Status);
        Assert.Equal(403, (await agent.CallAsync(token, "GET", "/v1/agents", body: "")).Status); // an agent it stays

        // A proof counts once, for this request, this token and this key.
        var proof = agent.Proof("POST", "/v1/tasks", token);
        Assert.Equal(201, (await agent.CallAsync(token, proof: proof)).Status);
        Assert.Equal(401, (await agent.CallAsync(token, proof: proof)).Status);
        Assert.Equal(401, (await agent.CallAsync(token, proof: agent.Proof("GET", "/v1/tasks", token))).Status);
        Assert.Equal(401, (await agent.CallAsync(token, proof: agent.Proof("POST", "/mcp", token))).Status);
        Assert.Equal(401, (await agent.CallAsync(token, proof: agent.Proof("POST", "/v1/tasks"))).Status);
        Assert.Equal(401, (await agent.CallAsync(token, proof: agent.Proof("POST", "/v1/tasks", token, key: agent.Key))).Status);
        Assert.Equal(401, (await agent.CallAsync(token, headers: ("DPoP", agent.Proof("POST", "/v1/tasks", token)))).Status); // two of them

        // Whoever has the token without the key has nothing: not as a bearer, not beside an API key.
        Assert.Equal(401, (await agent.CallAsync(token, scheme: "Bearer")).Status);
        Assert.Equal(401, (await writ.SendAsync("POST", "/v1/tasks", token, "{}")).Status);
        Assert.Equal(401, (await agent.CallAsync(agent.ApiKey)).Status);

        // A nonce that is old is said to be, and the next one comes along.
        _time.Advance(TimeSpan.FromMinutes(1));
        var (stale, answer) = await agent.CallAsync(token);
        Assert.Equal(401, stale);
        Assert.Contains("use_dpop_nonce", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(201, (await agent.CallAsync(token)).Status);
        var (_, wrong) = await agent.CallAsync(token, proof: agent.Proof("GET", "/v1/tasks", token));
        Assert.Contains("invalid_token", wrong.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(10));
        await agent.CallAsync(token);
        Assert.Equal(401, (await agent.CallAsync(token)).Status); // over
        await agent.TokenAsync();
    }

    [Fact]
    public async Task What_ends_the_credential_the_authority_or_the_agent_ends_its_tokens_at_the_next_call()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        using var second = await OAuthAgent.RegisterAsync(writ, _time, "second", withAuthority: false);
        using var third = await OAuthAgent.RegisterAsync(writ, _time, "third", withAuthority: false);
        var (token, other, last) = (await agent.TokenAsync(), await second.TokenAsync(), await third.TokenAsync());

        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{agent.Id}/credentials/{agent.Client}/revoke", writ.Person, """{"reason":"lost"}""")).Status);
        Assert.Equal(401, (await agent.CallAsync(token)).Status);
        Assert.Equal(("invalid_client", 401), ((await agent.AskAsync()).Body["error"]!.GetValue<string>(), (await agent.AskAsync()).Status));

        Assert.Equal(201, (await second.CallAsync(other)).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{second.Id}/suspend", writ.Person, """{"reason":"strange"}""")).Status);
        Assert.Equal("unauthorized_client", (await second.AskAsync()).Body["error"]!.GetValue<string>());
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{second.Id}/retire", writ.Person, """{"reason":"over"}""")).Status);
        Assert.Equal(401, (await second.CallAsync(other)).Status);

        Assert.Equal(201, (await third.CallAsync(last)).Status);
        var (_, domains, _) = await writ.SendAsync("GET", "/v1/trust-domains", writ.Person);
        var thumbprint = domains!["authorities"]![0]!["thumbprint"]!.GetValue<string>();
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/trust-domains/authorities/{thumbprint}/retire", writ.Person, """{"reason":"over"}""")).Status);
        Assert.Equal(401, (await third.CallAsync(last)).Status);
        Assert.Equal((503, "temporarily_unavailable"), ((await third.AskAsync()).Status, (await third.AskAsync()).Body["error"]!.GetValue<string>()));
        Assert.Equal(404, (await writ.SendAsync("GET", "/o/default/oauth/keys")).Status);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_an_assertion_the_answer_is_the_same()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        using var other = await OAuthAgent.RegisterAsync(writ, _time, "other", withAuthority: false);
        await agent.TokenAsync();
        var used = agent.Assertion();
        Assert.Equal(200, (await agent.AskAsync(used)).Status);
        long Now() => _time.GetUtcNow().ToUnixTimeSeconds();
        string Claims() => new JsonObject { ["iss"] = agent.Client, ["sub"] = agent.Client, ["aud"] = agent.Issuer, ["iat"] = Now(), ["exp"] = Now() + 60, ["jti"] = "1" }.ToJsonString();
        var publicKey = Encoding.UTF8.GetBytes(TestJwt.Jwk(agent.Key).ToJsonString());

        Func<string>[] wrong =
        [
            () => used, // once
            () => agent.Assertion(key: other.Key),
            () => agent.Assertion(key: agent.ProofKey),
            () => agent.Assertion((_, c) => Name(c, "0198aaaaaaaaaaaaaaaaaaaaaaaaaaaa")), // a client that there is not
            () => agent.Assertion((_, c) => Name(c, other.Client)),
            () => agent.Assertion((_, c) => Name(c, agent.Id)),
            () => agent.Assertion((_, c) => c["sub"] = other.Client),
            () => agent.Assertion((_, c) => c["aud"] = agent.Issuer + "/oauth/token"), // the issuer alone
            () => agent.Assertion((_, c) => c["aud"] = new JsonArray(agent.Issuer, "https://other.example")),
            () => agent.Assertion((_, c) => c["aud"] = "https://other.example/o/default"),
            () => agent.Assertion((_, c) => c["aud"] = agent.Issuer.Replace("/o/default", "/o/other", StringComparison.Ordinal)),
            () => agent.Assertion((_, c) => c["exp"] = Now() - 31),
            () => agent.Assertion((_, c) => c["exp"] = Now() + 3_600),
            () => agent.Assertion((_, c) => c.Remove("exp")),
            () => agent.Assertion((_, c) => c["iat"] = Now() + 31),
            () => agent.Assertion((_, c) => c.Remove("iat")),
            () => agent.Assertion((_, c) => c["nbf"] = Now() + 31),
            () => agent.Assertion((_, c) => c.Remove("jti")),
            () => agent.Assertion((_, c) => c["jti"] = new string('x', 257)),
            () => agent.Assertion((h, _) => h["crit"] = new JsonArray("b64")),
            () => agent.Assertion((h, _) => h["typ"] = "at+jwt"),
            () => agent.Assertion((h, _) => h["alg"] = "none"),
            () => agent.Assertion((h, _) => h["alg"] = "ES384"),
            () => TestJwt.With("""{"alg":"none"}""", Claims(), _ => []),
            () => TestJwt.With("""{"alg":"HS256"}""", Claims(), input => HMACSHA256.HashData(publicKey, input)), // the public key as a secret
            () => TestJwt.Sign(agent.Key, """{"alg":"ES256","alg":"ES256"}""", Claims()),
            () => TestJwt.Sign(agent.Key, """{"alg":"ES256"}""", Claims().Replace("{", "{\"iss\":\"x\",", StringComparison.Ordinal)),
            () => TestJwt.Sign(other.Key, $$"""{"alg":"ES256","jwk":{{TestJwt.Jwk(other.Key).ToJsonString()}}}""", Claims()), // a key of the sender's own
            () => TestJwt.Sign(other.Key, """{"alg":"ES256","jku":"http://127.0.0.1:1/keys","x5u":"http://127.0.0.1:1/x"}""", Claims()),
            () => "x", () => "a.b.c", () => new string('a', 9_000),
        ];
        foreach (var make in wrong)
        {
            _time.Advance(TimeSpan.FromSeconds(1)); // so that the address may be refused once more
            var assertion = make();
            var (status, body) = await agent.AskAsync(assertion);
            Assert.True(status == 401, assertion);
            Assert.Equal("""{"error":"invalid_client","error_description":"The client was not accepted.","error_uri":"https://writ.dev/errors/WRIT3060"}""", body.ToJsonString());
        }

        Assert.Equal(401, (await agent.AskAsync(organization: "nobody")).Status);
        Assert.Equal(401, (await agent.AskAsync(form: form => form["client_id"] = other.Client)).Status);
        Assert.Equal(401, (await agent.AskAsync(form: form => form["client_secret"] = "secret")).Status);
        Assert.Equal(401, (await agent.AskAsync(form: form => form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")).Status);
        await agent.TokenAsync(form => form["client_id"] = agent.Client);
    }

    [Fact]
    public async Task A_token_is_for_no_more_than_was_asked_and_no_more_than_the_agent_was_given()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time); // desk/*
        async Task<string> RefusedAsync(Action<Dictionary<string, string>> form) => (await agent.AskAsync(form: form)).Body["error"]!.GetValue<string>();
        Assert.Equal("invalid_scope", await RefusedAsync(form => form["scope"] = "desk/read bank/pay"));
        Assert.Equal("invalid_scope", await RefusedAsync(form => form["scope"] = "everything"));
        Assert.Equal("invalid_scope", await RefusedAsync(form => form["scope"] = "desk/read  desk/write"));
        Assert.Equal("invalid_target", await RefusedAsync(form => form["resource"] = "https://other.example/mcp"));
        Assert.Equal("invalid_target", await RefusedAsync(form => form["resource"] = agent.Issuer.Replace("/o/default", "/mcp/../v1", StringComparison.Ordinal)));
        Assert.Equal("unsupported_grant_type", await RefusedAsync(form => form["grant_type"] = "password"));
        Assert.Equal("invalid_request", await RefusedAsync(form => form.Remove("grant_type")));

        var token = await agent.TokenAsync(form => form["resource"] = agent.Issuer.Replace("/o/default", "/mcp", StringComparison.Ordinal));
        Assert.Equal(200, (await agent.CallAsync(token, path: "/mcp", body: Initialize)).Status);
        Assert.Equal(401, (await agent.CallAsync(token)).Status); // of /v1 it says nothing

        // A narrowed token gets no credential that is not.
        var narrow = await agent.TokenAsync(form => form["scope"] = "desk/read");
        Assert.Equal(403, (await agent.CallAsync(narrow, path: "/v1/svids/jwt", body: """{"audience":["x"]}""")).Status);
        Assert.Equal(401, (await agent.CallAsync(narrow[..^2] + (narrow[^2] == 'A' ? "BA" : "AA"))).Status);
    }

    [Fact]
    public async Task A_request_that_says_something_twice_or_is_no_form_or_binds_to_nothing_is_refused()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        const string path = "/o/default/oauth/token";
        async Task<string> SendAsync(string body, string type = "application/x-www-form-urlencoded", params (string, string)[] headers) =>
            (await writ.SendAsync("POST", path, null, body, type, headers)).Body!["error"]!.GetValue<string>();
        var form = $"grant_type=client_credentials&client_assertion_type={Uri.EscapeDataString(OAuthAgent.AssertionType)}&client_assertion={agent.Assertion()}";
        Assert.Equal("invalid_request", await SendAsync(form)); // unbound
        await agent.TokenAsync();
        Assert.Equal("invalid_request", await SendAsync(form + "&grant_type=client_credentials", headers: ("DPoP", agent.Proof("POST", path))));
        Assert.Equal("invalid_request", await SendAsync(form + "&grant_type=", headers: ("DPoP", agent.Proof("POST", path))));
        Assert.Equal("invalid_request", await SendAsync("{}", "application/json", ("DPoP", agent.Proof("POST", path))));
        Assert.Equal("invalid_request", await SendAsync(string.Concat(Enumerable.Range(0, 100).Select(i => $"p{i}=1&")), headers: ("DPoP", agent.Proof("POST", path))));
        Assert.Equal("invalid_dpop_proof", await SendAsync(form, headers: ("DPoP", agent.Proof("GET", path))));
        Assert.Equal("invalid_dpop_proof", await SendAsync(form, headers: [("DPoP", agent.Proof("POST", path)), ("DPoP", agent.Proof("POST", path))]));
        Assert.Equal("use_dpop_nonce", await SendAsync(form, headers: ("DPoP", agent.Proof("POST", path, change: (_, claims) => claims["nonce"] = "x"))));
    }

    [Fact]
    public async Task An_assertion_from_before_a_restart_counts_no_more_and_a_token_does()
    {
        var folder = Directory.CreateTempSubdirectory("writ-oauth-").FullName;
        try
        {
            string assertion, token;
            await using (var first = await RunningServer.StartAsync(folder, null, _time))
            {
                using var before = await OAuthAgent.RegisterAsync(first, _time);
                assertion = before.Assertion();
                token = await before.TokenAsync();
            }

            _time.Advance(TimeSpan.FromSeconds(1));
            await using var writ = await RunningServer.StartAsync(folder, null, _time);
            using var agent = await OAuthAgent.RegisterAsync(writ, _time, "next", withAuthority: false);
            await agent.TokenAsync();
            Assert.Equal(401, (await agent.AskAsync(assertion)).Status);
            Assert.Equal(401, (await agent.CallAsync(token)).Status); // another port: it was for another address
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task T51_a_client_key_follows_another_with_the_old_ones_word_and_its_own()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        async Task<int> RegisterAsync(JsonObject body) => (await writ.SendAsync("POST", $"/v1/agents/{agent.Id}/credentials", writ.Person, body.ToJsonString())).Status;
        Assert.Equal(409, await RegisterAsync(agent.Registration(next)));
        Assert.Equal(409, await RegisterAsync(agent.Registration(next, agent.Client)));
        Assert.Equal(409, await RegisterAsync(agent.Registration(next, agent.Client, thief)));
        Assert.Equal(409, await RegisterAsync(agent.Registration(next, agent.Client, agent.Key, possessor: agent.Key))); // somebody else's key
        Assert.Equal(201, await RegisterAsync(agent.Registration(next, agent.Client, agent.Key)));
        Assert.Equal(409, await RegisterAsync(agent.Registration(agent.Key, agent.Client, agent.Key))); // what was one never becomes one again
        await agent.TokenAsync(); // for seven days more
        _time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(401, (await agent.AskAsync()).Status);
    }

    [Fact]
    public async Task A_key_is_rotated_by_two_words_and_a_compromised_one_is_dead_before_the_answer()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var last = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        JsonObject Body(ECDsa key, ECDsa? old)
        {
            var body = agent.Registration(key, null, old);
            body.Remove("kind");
            return body;
        }

        async Task<(int Status, JsonObject? Body)> RotateAsync(string credential, JsonObject body, string? by = null)
        {
            var (status, answer, _) = await writ.SendAsync("POST", $"/v1/agents/{agent.Id}/credentials/{credential}/rotate", by ?? writ.Person, body.ToJsonString());
            return (status, answer);
        }

        Assert.Equal(400, (await RotateAsync(agent.Client, Body(next, null))).Status); // neither word nor reason
        Assert.Equal(409, (await RotateAsync(agent.Client, Body(next, next))).Status); // a thief's new key signs for itself
        Assert.Equal(409, (await RotateAsync("unknown", Body(next, agent.Key))).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        var (status, list) = await RotateAsync(agent.Client, Body(next, agent.Key));
        Assert.Equal(201, status);
        Assert.Equal(["active", "retiring"], list!["credentials"]!.AsArray().Select(one => one!["status"]!.GetValue<string>()));
        var token = await agent.TokenAsync(); // the old one, for seven days more
        var second = list["credentials"]![0]!["id"]!.GetValue<string>();

        // Platform alone replaces nothing after a compromise.
        var (_, pat, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"pat","capabilities":["platform"]}""");
        var compromised = Body(last, null);
        compromised["compromised"] = "the host was broken into";
        Assert.Equal(403, (await RotateAsync(second, compromised, pat!["token"]!.GetValue<string>())).Status);
        var both = Body(last, next);
        both["compromised"] = "x";
        Assert.Equal(400, (await RotateAsync(second, both)).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        (status, list) = await RotateAsync(second, compromised);
        Assert.True(status == 201, list?.ToJsonString());
        Assert.Equal(["active", "revoked", "revoked"], list!["credentials"]!.AsArray().Select(one => one!["status"]!.GetValue<string>()));
        Assert.Equal(401, (await agent.CallAsync(token)).Status); // of the first key, which whoever has it may have had followed by the second
    }

    [Fact]
    public async Task Whoever_takes_a_token_finds_its_credential_in_a_signed_list_that_says_when_it_is_over()
    {
        await using var writ = await RunningServer.StartAsync(_time);
        using var first = await OAuthAgent.RegisterAsync(writ, _time);
        using var agent = await OAuthAgent.RegisterAsync(writ, _time, "second", withAuthority: false);
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars((await agent.TokenAsync()).Split('.')[1]))!;
        var (address, index) = (claims["status"]!["status_list"]!["uri"]!.GetValue<string>(), claims["status"]!["status_list"]!["idx"]!.GetValue<int>());
        Assert.Equal((agent.Issuer + "/status/0", 1), (address, index));
        var (_, set, _) = await writ.SendAsync("GET", "/o/default/oauth/keys");
        Assert.True(Writ.Crypto.Jose.JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(set!.ToJsonString()), out var keys, out _));
        async Task<int> StatusAsync()
        {
            var (status, _, response) = await writ.SendAsync("GET", new Uri(address).AbsolutePath);
            Assert.Equal((200, "application/statuslist+jwt"), (status, response.Content.Headers.ContentType!.MediaType));
            var rules = new Writ.Crypto.Jose.JsonWebTokenRules { Types = ["statuslist+jwt"], Required = ["sub", "iat", "ttl", "status_list"] };
            Assert.True(new Writ.Crypto.Jose.JsonWebTokenValidator(new(keys), rules, _time).TryValidate(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), out var list, out _));
            Assert.Equal(address, list.Subject);
            var inside = list.Claims.GetProperty("status_list");
            Assert.Equal(2, inside.GetProperty("bits").GetInt32());
            await using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(System.Buffers.Text.Base64Url.DecodeFromChars(inside.GetProperty("lst").GetString())), System.IO.Compression.CompressionMode.Decompress);
            var bytes = new byte[2_048];
            await zlib.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(-1, zlib.ReadByte());
            return (bytes[index / 4] >> (index % 4 * 2)) & 3;
        }

        Assert.Equal(0, await StatusAsync());
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{agent.Id}/suspend", writ.Person, """{"reason":"strange"}""")).Status);
        Assert.Equal(2, await StatusAsync()); // at once, although a list was signed a moment ago
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{agent.Id}/credentials/{agent.Client}/revoke", writ.Person, """{"reason":"lost"}""")).Status);
        Assert.Equal(1, await StatusAsync());
        foreach (var path in new[] { "/o/default/status/1", "/o/default/status/-1", "/o/nobody/status/0", "/o/default/status/x" })
            Assert.Equal(404, (await writ.SendAsync("GET", path)).Status);
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":"https://keys.example"}""")]
    [InlineData("\"https://keys.example/jwks\"")]
    public async Task A_client_is_registered_with_one_public_key_by_value(string keys)
    {
        await using var writ = await RunningServer.StartAsync(_time);
        var (agent, _) = await writ.AgentAsync();
        Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{agent}/credentials", writ.Person, $$"""{"kind":"oauth-client","jwks":{{keys}},"possession":"AA=="}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{agent}/credentials", writ.Person, """{"kind":"oauth-client","jwks_uri":"https://keys.example/jwks"}""")).Status);
    }

    private static void Name(JsonObject claims, string client) => (claims["iss"], claims["sub"]) = (client, client);
}
