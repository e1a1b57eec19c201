using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>Two people, an agent at work, and a bundle that will refuse what the agent does.</summary>
public sealed class PublishingTests
{
    private const string Permit = "permit (principal, action in Writ::Action::\"tool/call\", resource);";
    private const string Tight = Permit + "\nforbid (principal, action == Writ::Action::\"tool/support-desk/get_order\", resource);";

    [Fact]
    public async Task What_a_bundle_will_refuse_of_an_agent_s_work_its_owner_acknowledges_before_it_decides()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Desk.RegisterAsync(writ);
        await writ.PublishAsync("house", Permit);
        var (id, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");
        JsonObject Order() => new() { ["order_id"] = "NW-1007" };
        (await agent.CallAsync("get_order", Order())).Result();

        using var sam = writ.Client((await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "sam", ["capabilities"] = new JsonArray("security") })).Word("token")!);
        var proposed = await SendAsync(sam, "/v1/bundles", Body(Tight), 202);
        Assert.Equal("not-looser", proposed["finding"]!["looseness"]!.GetValue<string>());
        Assert.Equal(1, proposed["denials"]!["denied"]!.GetValue<int>());
        Assert.Equal(id, proposed["denials"]!["agents"]![0]!["agent"]!.GetValue<string>());
        JsonObject Digest() => new() { ["digest"] = proposed["digest"]!.GetValue<string>() };

        Assert.Equal("unacknowledged", (await SendAsync(sam, "/v1/bundles/house/confirm", Digest(), 409))["conflict"]!.GetValue<string>());
        using (var credential = writ.Client(key))
        {
            await SendAsync(credential, "/v1/bundles/house/acknowledge", Digest(), 403);
            await SendAsync(credential, "/v1/bundles/house/confirm", Digest(), 403);
            await SendAsync(credential, "/v1/bundles", Body(Tight), 403);
        }

        (await agent.CallAsync("get_order", Order())).Result();
        await writ.PostAsync("/v1/bundles/house/acknowledge", Digest(), 200);
        await SendAsync(sam, "/v1/bundles/house/confirm", Digest(), 200);
        (await agent.CallAsync("get_order", Order())).Refused("WRIT1002");
        Assert.Equal("looser", (await SendAsync(sam, "/v1/bundles", Body(Permit), 202))["finding"]!["looseness"]!.GetValue<string>());
        (await agent.CallAsync("get_order", Order())).Refused("WRIT1002");
    }

    private static JsonObject Body(string policy) => new()
    {
        ["manifest"] = new JsonObject { ["name"] = "house", ["version"] = "1", ["tier"] = "soft" },
        ["files"] = new JsonArray(new JsonObject { ["path"] = "policy.cedar", ["text"] = policy }),
    };

    private static async Task<JsonObject> SendAsync(HttpClient client, string path, JsonObject body, int status)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
