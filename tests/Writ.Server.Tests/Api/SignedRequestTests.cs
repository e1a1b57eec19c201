using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Identity.Dids;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

/// <summary>Agents that sign their requests, to a real Kestrel.</summary>
public sealed class SignedRequestTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    [Fact]
    public async Task An_agent_with_a_did_key_enters_doors_and_api_by_its_signature_alone_until_the_key_is_revoked()
    {
        var time = new FakeTime();
        await using var server = await RunningServer.StartAsync(time);
        using var agent = new SigningAgent(server, time);
        var (id, _) = await server.AgentAsync();
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(agent.Request("POST", "/mcp", Initialize))));
        var (status, list, _) = await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, agent.Registration(id));
        Assert.Equal(201, status);
        var credential = list!["credentials"]![0]!;
        Assert.Equal(("did-key", "high", agent.Did), (Text(credential, "kind"), Text(credential, "assurance"), Text(credential, "did")));
        time.Advance(TimeSpan.FromSeconds(11));

        var (opened, _, response) = await agent.SendAsync(agent.Request("POST", "/mcp", Initialize));
        Assert.Equal(200, opened);
        var session = response.Headers.GetValues("Mcp-Session-Id").Single();
        Assert.Equal(200, (await agent.SendAsync(agent.Request("POST", "/mcp", Ping, null, ("mcp-session-id", session)))).Status);
        Assert.Equal(201, (await agent.SendAsync(agent.Request("POST", "/v1/tasks", "{}"))).Status);
        Assert.Equal(403, (await agent.SendAsync(agent.Request("GET", "/v1/agents"))).Status);

        // A session is no credential: every request in it is signed, and by the agent that opened it.
        Assert.Equal(401, (await server.SendAsync("POST", "/mcp", null, Ping, "application/json", ("Mcp-Session-Id", session))).Status);
        var (_, otherKey) = await server.AgentAsync("other");
        Assert.Equal(404, (await server.SendAsync("POST", "/mcp", otherKey, Ping, "application/json", ("Mcp-Session-Id", session))).Status);

        Assert.Equal(200, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials/{Text(credential, "id")}/revoke", server.Person, """{"reason":"lost"}""")).Status);
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(agent.Request("POST", "/mcp", Ping, null, ("mcp-session-id", session)))));
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(agent.Request("POST", "/v1/tasks", "{}"))));
    }

    [Fact]
    public async Task What_an_agent_signed_counts_once_for_exactly_that_request_and_every_refusal_is_counted()
    {
        var time = new FakeTime();
        await using var server = await RunningServer.StartAsync(time);
        using var agent = await RegisteredAsync(server, time);

        var used = agent.Request("POST", "/v1/tasks", "{}");
        using var again = await SigningAgent.CopyAsync(used);
        Assert.Equal(201, (await agent.SendAsync(used)).Status);
        Assert.Equal("WRIT3056", Code(await agent.SendAsync(again)));

        // Moved to another method, path, query, host or header.
        var moved = agent.Request("POST", "/v1/tasks", "{}");
        foreach (var address in new[] { "/v1/tasks?x=1", "/v1/svids", "/v1/tasks/", "/v1/tasks?" })
            Assert.Equal("WRIT3055", Code(await agent.SendAsync(await SigningAgent.CopyAsync(moved, address: new Uri(server.Server.Address.GetLeftPart(UriPartial.Authority) + address)))));
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(await SigningAgent.CopyAsync(moved, address: new Uri($"http://localhost:{server.Server.Address.Port}/v1/tasks")))));
        var laden = await SigningAgent.CopyAsync(moved);
        laden.Headers.TryAddWithoutValidation("Writ-Task", "tsk_x");
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(laden)));

        // Another content, also a longer one that begins alike, under the same digest: nothing acts on it.
        foreach (var content in new[] { """{"purpose":"x"}""", "{} ", "" })
            Assert.Contains(Code(await agent.SendAsync(await SigningAgent.CopyAsync(agent.Request("POST", "/v1/tasks", "{}"), content))), (string[])["WRIT3057", "WRIT3055"]);
        Assert.Equal("WRIT3057", Code(await agent.SendAsync(await SigningAgent.CopyAsync(agent.Request("POST", "/mcp", Initialize), Initialize.Replace("\"t\"", "\"u\"", StringComparison.Ordinal)))));
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(agent.Request("POST", "/v1/tasks", "{}", terms => terms with { Components = ["@method", "@target-uri", "content-type"] }))));

        // Made by a key that is not there, for others, or too old. Beside a token that is good, a signature that is not spoils the request.
        using var stranger = new SigningAgent(server, time);
        Assert.Equal("WRIT3055", Code(await stranger.SendAsync(stranger.Request("POST", "/v1/tasks", "{}"))));
        Assert.Equal("WRIT3055", Code(await stranger.SendAsync(stranger.Request("POST", "/v1/tasks", "{}", terms => terms with { KeyId = agent.KeyId }))));
        var (_, key) = await server.AgentAsync("bearer");
        Assert.Equal(401, (await stranger.SendAsync(stranger.Request("POST", "/v1/tasks", "{}", null, ("authorization", "Bearer " + key)))).Status);
        Assert.Equal(401, (await agent.SendAsync(agent.Request("GET", "/v1/agents", null, null, ("authorization", "Bearer " + server.Person)))).Status); // T75
        Assert.Equal("WRIT3001", Code(await agent.SendAsync(agent.Request("POST", "/v1/tasks", "{}", terms => terms with { Tag = "web-bot-auth" }))));
        var old = agent.Request("POST", "/v1/tasks", "{}");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("WRIT3055", Code(await agent.SendAsync(old)));

        var metrics = await (await server.SendAsync("GET", "/metrics", server.Person)).Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var cause in new[] { "signature-refused", "signature-replayed", "content-not-signed" })
            Assert.Contains($"\"{cause}\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_signatures_that_are_none_or_too_many_are_refused_and_harm_nothing()
    {
        var time = new FakeTime();
        await using var server = await RunningServer.StartAsync(time);
        foreach (var (input, value) in new[]
        {
            ("x", "y"), ("a=()", "a=:AA==:"), ("a=();tag=\"writ\"", "a=:AA==:"), ("a=();tag=\"writ\", b=();tag=\"writ\"", "a=:AA==:, b=:AA==:"), (new string('(', 7000), "a=:AA==:"),
            ("a=(" + string.Join(' ', Enumerable.Range(0, 600).Select(n => $"\"x{n}\"")) + ");tag=\"writ\"", "a=:AA==:"),
        })
            Assert.Equal(401, (await server.SendAsync("POST", "/v1/tasks", null, "{}", "application/json", ("Signature-Input", input), ("Signature", value))).Status);

        // A target that is no path of the request covers nothing.
        using var agent = await RegisteredAsync(server, time);
        var signed = agent.Request("GET", "/v1/agents");
        var lines = new StringBuilder($"GET http://{server.Server.Address.Authority}/v1/agents HTTP/1.1\r\nHost: {server.Server.Address.Authority}\r\nConnection: close\r\n");
        foreach (var (name, values) in signed.Headers)
            lines.Append($"{name}: {string.Join(", ", values)}\r\n");
        Assert.StartsWith("HTTP/1.1 401", await server.RawAsync(lines.Append("\r\n").ToString()), StringComparison.Ordinal);
        Assert.Equal(403, (await agent.SendAsync(signed)).Status); // the same in its own form is the agent's
    }

    [Theory]
    [InlineData("did:web:localhost")]
    [InlineData("did:web:127.0.0.1")]
    [InlineData("did:web:Agents.example")]
    [InlineData("did:web:agents.example%40evil.example")]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    public async Task T59_a_did_web_that_is_none_is_not_fetched(string did)
    {
        await using var server = await RunningServer.StartAsync();
        var (id, _) = await server.AgentAsync();
        Assert.Equal(400, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, $$"""{"kind":"did-web","did":"{{did}}","possession":"AAAA"}""")).Status);
    }

    [Fact]
    public async Task A_did_web_whose_document_cannot_be_had_is_not_registered()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, _) = await server.AgentAsync();
        var (status, body, _) = await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, """{"kind":"did-web","did":"did:web:nobody.invalid","possession":"AAAA"}""");
        Assert.Equal((422, "WRIT3059"), (status, body!["code"]!.GetValue<string>()));
        foreach (var wrong in new[]
        {
            """{"kind":"did-web","did":"did:web:nobody.invalid","possession":"AAAA","allowed_addresses":["inside"]}""",
            """{"kind":"did-key","did":"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK","possession":"AAAA","allowed_addresses":["10.0.0.1"]}""",
        })
            Assert.Equal(400, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, wrong)).Status);
    }

    [Fact]
    public async Task A_key_that_is_a_did_gets_no_svid()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, apiKey) = await server.AgentAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var multikey = Multikey.Of(key);
        var did = Did.OfKey(multikey).ToString();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{did}#{multikey} {multikey}\n")));
        var possession = key.SignData(Encoding.ASCII.GetBytes($"writ did possession 1 default {id} {did} {digest}\n"), HashAlgorithmName.SHA256);
        var body = new JsonObject { ["kind"] = "did-key", ["did"] = did, ["possession"] = Convert.ToBase64String(possession) };
        Assert.Equal(201, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, body.ToJsonString())).Status);
        var request = new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        Assert.Equal("WRIT3052", (await server.SendAsync("POST", "/v1/svids", apiKey, new JsonObject { ["request"] = request }.ToJsonString())).Body!["code"]!.GetValue<string>());
        Assert.Equal(409, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, new JsonObject { ["kind"] = "key-pair", ["request"] = request }.ToJsonString())).Status);
    }

    [Fact]
    public async Task An_agent_on_the_npm_library_enters_by_what_that_signs()
    {
        var time = new FakeTime();
        using var peer = LinePeer.Start(Peers.HttpSignatures);
        await using var server = await RunningServer.StartAsync(time);
        var seed = RandomNumberGenerator.GetBytes(32);
        using var agent = await RegisteredAsync(server, time, new SigningAgent(server, time, seed));
        var url = new Uri(server.Server.Address, "/v1/tasks").ToString();
        var digest = Writ.Identity.HttpSignatures.ContentDigest.Of("{}"u8);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var answer = await peer.AskAsync(new JsonObject
        {
            ["op"] = "sign", ["alg"] = "ed25519", ["key"] = new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = agent.Key.VerificationKey.Ed25519!.ToString(), ["d"] = System.Buffers.Text.Base64Url.EncodeToString(seed) }, ["keyid"] = agent.KeyId, ["created"] = now, ["expires"] = now + 60, ["nonce"] = "0123456789abcdef", ["tag"] = "writ",
            ["fields"] = new JsonArray("@method", "@target-uri", "content-digest", "content-type"),
            ["message"] = new JsonObject { ["method"] = "POST", ["url"] = url, ["headers"] = new JsonObject { ["content-digest"] = digest, ["content-type"] = "application/json" } },
        }, TestContext.Current.CancellationToken);
        Assert.Equal(201, (await server.SendAsync("POST", "/v1/tasks", null, "{}", "application/json",
            ("Content-Digest", digest), ("Signature-Input", answer["input"]!.GetValue<string>()), ("Signature", answer["signature"]!.GetValue<string>()))).Status);
    }

    private static async Task<SigningAgent> RegisteredAsync(RunningServer server, FakeTime time, SigningAgent? agent = null)
    {
        agent ??= new SigningAgent(server, time);
        var (id, _) = await server.AgentAsync();
        Assert.Equal(201, (await server.SendAsync("POST", $"/v1/agents/{id}/credentials", server.Person, agent.Registration(id))).Status);
        time.Advance(TimeSpan.FromSeconds(11));
        return agent;
    }

    private static string? Code((int Status, JsonObject? Body, HttpResponseMessage Response) answer)
    {
        Assert.Equal(401, answer.Status);
        return (answer.Body!["code"] ?? answer.Body["error"]!["data"]!["code"])!.GetValue<string>();
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
