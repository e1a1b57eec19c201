using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Writ.EndToEnd.Tests;

/// <summary>
/// A declared server with one tool, an agent that may use it, and an enforcement point that asks for it and reports: governed decisions
/// over HTTP, without anything behind Writ.
/// </summary>
internal sealed class Warehouse
{
    private readonly string _agent;

    private Warehouse(string agent, string agentKey, string point) => (_agent, AgentKey, Point) = (agent, agentKey, point);

    public string Agent => _agent;

    public string AgentKey { get; }

    /// <summary>The enforcement point's key.</summary>
    public string Point { get; }

    /// <summary>Everything is permitted; more than 100 needs an approval.</summary>
    public static async Task<Warehouse> SetUpAsync(RunningWrit writ)
    {
        await writ.PostAsync("/v1/servers", JsonNode.Parse("""
            {
              "slug": "warehouse", "connection": {"type": "declared"},
              "tools": {"ship": {"effect": "egress", "capability": "goods.ship", "risk_tags": ["none"]}},
              "definitions": [{"name": "ship", "description": "Ships goods.", "inputSchema": {
                "type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"], "additionalProperties": false}}]
            }
            """));
        await writ.PublishAsync("warehouse", """
            @id("all") permit (principal, action, resource);
            @id("large") @discharge("approval") @approvers("capability/app") @timeout("30m") @reason("large")
            forbid (principal, action, resource) when { context.args.count > 100 };
            """);
        var (agent, key) = await writ.AgentAsync("shipper", "warehouse/*");
        var point = await writ.PostAsync("/v1/enforcement-points", new JsonObject { ["name"] = "gate", ["agents"] = new JsonArray(agent), ["facts"] = new JsonArray(), ["enforces"] = new JsonArray() });
        return new Warehouse(agent, key, point.Word("key")!);
    }

    /// <summary>Asks; the context of the answer, with outcome and code.</summary>
    public async Task<JsonObject> AskAsync(HttpClient gate, int count, CancellationToken cancellation = default)
    {
        using var answer = await gate.PostAsJsonAsync("/access/v1/evaluation", new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = "agent", ["id"] = _agent },
            ["action"] = new JsonObject { ["name"] = "tool/call" },
            ["resource"] = new JsonObject { ["type"] = "tool", ["id"] = "warehouse/ship", ["properties"] = new JsonObject { ["count"] = count } },
            ["context"] = new JsonObject(),
        }, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.StatusCode == HttpStatusCode.OK
            ? JsonNode.Parse(text)!["context"]!.AsObject()
            : throw new HttpRequestException($"{(int)answer.StatusCode} {text}", null, answer.StatusCode);
    }

    /// <summary>Reports that it was done; whether that is acknowledged.</summary>
    public static async Task<bool> SettleAsync(HttpClient gate, string decision, CancellationToken cancellation = default)
    {
        using var answer = await gate.PostAsJsonAsync($"/v1/decisions/{decision}/effect", new JsonObject { ["status"] = "executed" }, cancellation);
        return answer.StatusCode == HttpStatusCode.NoContent;
    }
}
