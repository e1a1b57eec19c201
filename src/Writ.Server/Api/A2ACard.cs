using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Cards;

namespace Writ.Server.Api;

/// <summary>An agent's card as A2A v1.0 (4.4.1, in the JSON form of its protocol buffers) writes it. Not signed.</summary>
internal static class A2ACard
{
    /// <summary>The card of an agent whose owners said where it is spoken to.</summary>
    public static JsonObject Of(Agent agent, AgentCard card) => new()
    {
        ["name"] = agent.Name,
        ["description"] = card.Description,
        ["supportedInterfaces"] = new JsonArray([.. card.Interfaces.Select(one => (JsonNode)new JsonObject { ["url"] = one.Url, ["protocolBinding"] = one.Binding, ["protocolVersion"] = one.Version })]),
        ["version"] = agent.Version,
        ["capabilities"] = new JsonObject(),
        ["defaultInputModes"] = new JsonArray("text/plain"),
        ["defaultOutputModes"] = new JsonArray("text/plain"),
        ["skills"] = new JsonArray([.. card.Skills.Select(skill => (JsonNode)new JsonObject
        {
            ["id"] = skill.Id, ["name"] = skill.Name, ["description"] = skill.Description, ["tags"] = new JsonArray([.. skill.Tags.Select(tag => (JsonNode)tag)]),
        })]),
    };
}
