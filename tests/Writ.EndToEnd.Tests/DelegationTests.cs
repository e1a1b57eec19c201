using System.Text.Json.Nodes;
using Writ.Client.Delegation;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;

namespace Writ.EndToEnd.Tests;

/// <summary>An orchestrator hands on what it holds, at the door of a running Writ.</summary>
public sealed class DelegationTests : IDisposable
{
    private readonly JsonWebSigningKey _lead = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
    private readonly JsonWebSigningKey _helper = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());

    [Fact]
    public async Task A_helper_without_grants_calls_what_it_was_handed_until_the_link_is_withdrawn()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (lead, _) = await writ.AgentAsync("lead", "bad/echo");
        var (helper, key) = await writ.AgentAsync("helper");
        var minted = await writ.PostAsync($"/v1/agents/{lead}/delegations", Body());
        var (root, audience) = (minted.Word("token")!, minted.Word("audience")!);
        var child = Derive(root, helper);

        Assert.Null((await CallAsync(writ, key, "echo", [root, child], audience)).Code());
        Assert.NotNull((await CallAsync(writ, key, "echo", [root, child], audience, proof: "x")).Code());
        var record = (await writ.DecisionsAsync(helper))[^1];
        Assert.Equal(minted.Word("hash"), record["chain"]![0]!.GetValue<string>());
        Assert.Equal(2, (await writ.GetAsync($"/v1/records?q={Uri.EscapeDataString($"chain = {minted.Word("hash")} and chain_depth = 1")}"))["matched"]!.GetValue<int>());

        // Whoever may not know of the agent does not learn of it here.
        var eve = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "eve", ["capabilities"] = new JsonArray("app") })).Word("token")!;
        using (var client = writ.Client(eve))
            Assert.Empty(JsonNode.Parse(await client.GetStringAsync("/v1/delegations"))!["delegations"]!.AsArray());

        await writ.RestartAsync();
        Assert.Null((await CallAsync(writ, key, "echo", [root, child], audience)).Code());
        Assert.Equal(minted.Word("hash"), (await writ.GetAsync("/v1/delegations"))["delegations"]![0]!.Word("hash"));
        using (var answer = await writ.Administrator.PostAsync("/v1/delegations/revoke", Json(new JsonObject { ["hash"] = minted.Word("hash"), ["reason"] = "done" })))
            Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("WRIT3101", (await CallAsync(writ, key, "echo", [root, child], audience)).Code());
    }

    [Fact]
    public async Task What_cannot_be_minted_says_why()
    {
        await using var writ = await RunningWrit.StartAsync();
        await BadServer.RegisterAsync(writ);
        var (lead, _) = await writ.AgentAsync("lead", "bad/echo");
        await writ.PostAsync($"/v1/agents/{Guid.Empty}/delegations", Body(), 404);
        await writ.PostAsync($"/v1/agents/{lead}/delegations", Body("bad/other"), 409);
        await writ.PostAsync($"/v1/agents/{lead}/delegations", Body("bad/*"), 409);
        foreach (var (member, value) in new (string, JsonNode)[] { ("seconds", 59), ("seconds", 90 * 86_400 + 1), ("max_depth", 9) })
        {
            var body = Body();
            body[member] = value;
            await writ.PostAsync($"/v1/agents/{lead}/delegations", body, 409);
        }

        var wrong = Body();
        wrong["key"]!["d"] = "AAAA";
        await writ.PostAsync($"/v1/agents/{lead}/delegations", wrong, 400);
        wrong = Body();
        wrong["tools"]!["bad/echo"]!["text"] = new JsonObject { ["constraint_type"] = "regex" };
        await writ.PostAsync($"/v1/agents/{lead}/delegations", wrong, 400);
    }

    public void Dispose()
    {
        _lead.Dispose();
        _helper.Dispose();
    }

    private JsonObject Body(string tool = "bad/echo") => new()
    {
        ["key"] = JsonNode.Parse(_lead.VerificationKey.ToJson()),
        ["tools"] = new JsonObject { [tool] = new JsonObject() },
        ["seconds"] = 3600,
        ["max_depth"] = 2,
    };

    private string Derive(string root, string helper)
    {
        Assert.True(HeldChain.TryOpen([root], _lead, out var held, out var fault), fault.ToString());
        var agent = SpiffeId.ForAgent(held.Terms.Agent.TrustDomain.ToString(), Guid.Parse(helper));
        Assert.True(held.TryDerive(new ChildTerms { Agent = agent, Holder = _helper.VerificationKey, Calls = 10 }, out var tokens, out fault), fault.ToString());
        return tokens[^1];
    }

    private async Task<JsonObject> CallAsync(RunningWrit writ, string key, string tool, string[] chain, string audience, string? proof = null)
    {
        var client = writ.Client(key);
        Assert.True(HeldChain.TryOpen(chain, _helper, out var held, out var fault), fault.ToString());
        var headers = held.HeadersFor($"bad/{tool}", "{}"u8, audience);
        client.DefaultRequestHeaders.Add(CallHeaders.ChainName, headers.Chain);
        client.DefaultRequestHeaders.Add(CallHeaders.ProofName, proof ?? headers.Proof);
        using var agent = new McpAgent(client, "bad");
        return await agent.CallAsync(tool);
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
}
