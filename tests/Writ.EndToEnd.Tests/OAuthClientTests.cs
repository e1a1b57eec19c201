using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>An agent whose OAuth client is a library of others.</summary>
public sealed class OAuthClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_of_others_finds_the_server_gets_a_bound_token_and_calls_with_it()
    {
        using var peer = LinePeer.Start(Peers.OpenIdClient);
        await using var writ = await RunningWrit.StartAsync();
        var origin = writ.Address.GetLeftPart(UriPartial.Authority);
        var (agent, client) = await RegisterAsync(writ, peer);

        var answer = await peer.AskAsync(new JsonObject { ["op"] = "token", ["issuer"] = origin + "/o/default", ["client"] = client, ["parameters"] = new JsonObject { ["scope"] = "desk/read" } }, Stop);
        Assert.True(answer.ContainsKey("access_token"), answer.ToJsonString());
        Assert.Equal(("dpop", "desk/read"), (answer.Word("token_type"), answer.Word("scope")));
        var call = new JsonObject { ["op"] = "call", ["url"] = origin + "/v1/tasks", ["token"] = answer.Word("access_token"), ["body"] = "{}" };
        for (var calls = 0; calls < 3; calls++)
            Assert.Equal(201, (await peer.AskAsync((JsonObject)call.DeepClone(), Stop))["status"]!.GetValue<int>());

        await writ.PostAsync($"/v1/agents/{agent}/credentials/{client}/revoke", new JsonObject { ["reason"] = "over" }, 200);
        Assert.Equal(401, (await peer.AskAsync(call, Stop))["status"]!.GetValue<int>());
        answer = await peer.AskAsync(new JsonObject { ["op"] = "token", ["issuer"] = origin + "/o/default", ["client"] = client, ["parameters"] = new JsonObject() }, Stop);
        Assert.Equal("invalid_client", answer.Word("error"));
    }

    [Fact]
    public async Task The_user_of_a_real_provider_is_a_fact_of_the_task_that_a_client_of_others_opens()
    {
        using var peer = LinePeer.Start(Peers.OpenIdClient);
        await using var writ = await RunningWrit.StartAsync();
        var callback = new Uri("http://127.0.0.1:9/callback");
        using var provider = await OpenIdPeer.StartAsync(callback, callback);
        var origin = writ.Address.GetLeftPart(UriPartial.Authority);
        var (_, client) = await RegisterAsync(writ, peer);
        await writ.PostAsync("/v1/user-issuers", new JsonObject { ["name"] = "corp", ["issuer"] = provider.Issuer, ["audiences"] = new JsonArray("writ"), ["allowed_addresses"] = new JsonArray("127.0.0.1") });
        var user = await provider.SignInAsync("kim-at-corp", callback);

        var question = new JsonObject
        {
            ["op"] = "exchange", ["issuer"] = origin + "/o/default", ["client"] = client,
            ["parameters"] = new JsonObject { ["subject_token"] = user, ["subject_token_type"] = "urn:ietf:params:oauth:token-type:id_token" },
        };
        var answer = await peer.AskAsync((JsonObject)question.DeepClone(), Stop);
        Assert.True(answer.ContainsKey("access_token"), answer.ToJsonString());
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", answer.Word("issued_token_type"));
        Assert.Equal(201, (await peer.AskAsync(new JsonObject { ["op"] = "call", ["url"] = origin + "/v1/tasks", ["token"] = answer.Word("access_token"), ["body"] = "{}" }, Stop))["status"]!.GetValue<int>());
        question["parameters"]!["subject_token"] = user[..^4] + "AAAA";
        Assert.Equal("invalid_grant", (await peer.AskAsync(question, Stop)).Word("error"));

        await writ.StopAsync();
        var tasks = (await Ledgers.RecordsAsync(writ.Folder, "decisions")).Where(record => record.Word("kind") == "task").ToArray();
        Assert.NotEmpty(tasks);
        Assert.All(tasks, task => Assert.Equal("user-issuer/corp", task["user"]!.Word("source")));
        Assert.All(tasks, task => Assert.DoesNotContain("kim-at-corp", task.ToJsonString(), StringComparison.Ordinal));
    }

    /// <summary>Registers an agent with the key that the peer made.</summary>
    internal static async Task<(string Agent, string Client)> RegisterAsync(RunningWrit writ, LinePeer peer, params string[] grants)
    {
        await writ.PostAsync("/v1/trust-domains/authorities");
        var (agent, _) = await writ.AgentAsync("helper", grants.Length > 0 ? grants : ["desk/read"]);
        var key = await peer.AskAsync(new JsonObject { ["op"] = "key" }, Stop);
        Assert.True(Crypto.Jose.JsonWebKey.TryParse(System.Text.Encoding.UTF8.GetBytes(key.ToJsonString()), out var read, out _));
        var text = System.Text.Encoding.ASCII.GetString(Governance.Credentials.CredentialRules.RotationText("default", agent, read.Thumbprint.ToBase64Url()));
        var signature = (await peer.AskAsync(new JsonObject { ["op"] = "sign", ["text"] = text }, Stop)).Word("signature");
        var list = await writ.PostAsync($"/v1/agents/{agent}/credentials", new JsonObject
        {
            ["kind"] = "oauth-client", ["jwks"] = new JsonObject { ["keys"] = new JsonArray(key) }, ["possession"] = signature,
        });
        return (agent, list["credentials"]![0]!["id"]!.GetValue<string>());
    }
}
