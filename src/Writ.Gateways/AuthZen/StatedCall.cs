using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Tools;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// Who acts on what in an evaluation: an agent on a tool by their names, or a subject of the application that the enforcement point stands
/// before, through the application's agent and on the tool that is the action. The facts are what people stated of the subject and the
/// resource, whatever the request says of them.
/// </summary>
/// <param name="Agent">The agent that acts.</param>
/// <param name="Server">The server of the tool.</param>
/// <param name="Tool">The tool.</param>
/// <param name="User">The end user acted for, where the subject is one.</param>
internal sealed record StatedCall(AgentId Agent, ServerSlug Server, string Tool, string? User)
{
    /// <summary>Facts about the subject and the resource: <c>type</c>, <c>id</c>, and what was stated of them.</summary>
    public JsonObject Facts { get; } = [];

    /// <summary>What the action is done to, as arguments.</summary>
    public JsonObject Arguments { get; } = [];

    /// <summary>The call, or null and what is wrong with the request.</summary>
    public static StatedCall? Read(EvaluationRequest request, Caller.EnforcementPointCaller caller, out string obstacle)
    {
        obstacle = "";
        return caller.Point.Application is { } application && application.Subjects.Contains(request.Subject.Type)
            ? OfApplication(request, application, caller.Point.Entities, out obstacle)
            : OfAgent(request, out obstacle);
    }

    private static StatedCall? OfAgent(EvaluationRequest request, out string obstacle)
    {
        obstacle = "";
        if (request.Subject.Type != "agent" || !AgentId.TryParse(request.Subject.Id, null, out var agent))
            obstacle = "subject: expected type 'agent' and the agent's id";
        else if (request.Resource.Type != "tool" || request.Resource.Id.IndexOf('/') is not (> 0 and var slash) || !ServerSlug.TryParse(request.Resource.Id[..slash], null, out var server))
            obstacle = "resource: expected type 'tool' and the id '<server>/<tool>'";
        else if (request.Resource.Id[(slash + 1)..] is var tool && !ToolName.IsValid(tool))
            obstacle = "resource: the tool's name is 1 to 128 of A-Z a-z 0-9 _ - . /";
        else if (request.Action.Name != "tool/call" && request.Action.Name != Governance.Tools.Tool.ActionNameOf(server, tool))
            obstacle = $"action: expected 'tool/call' or '{Governance.Tools.Tool.ActionNameOf(server, tool)}'";
        else
            return new StatedCall(agent, server, tool, null);
        return null;
    }

    private static StatedCall? OfApplication(EvaluationRequest request, ProtectedApplication application, StatedEntities entities, out string obstacle)
    {
        obstacle = new StatedEntity(request.Subject.Type, request.Subject.Id, null).Problem is { } subject ? $"subject: {subject}"
            : new StatedEntity(request.Resource.Type, request.Resource.Id, null).Problem is { } resource ? $"resource: {resource}"
            : !ToolName.IsValid(request.Action.Name) ? "action: the name is 1 to 128 of A-Z a-z 0-9 _ - . /"
            : "";
        if (obstacle.Length > 0)
            return null;
        var call = new StatedCall(application.Agent, application.Server, request.Action.Name, request.Subject.Id);
        call.Facts[ProtectedApplication.SubjectFact] = FactsOf(request.Subject, entities);
        call.Facts[ProtectedApplication.ResourceFact] = FactsOf(request.Resource, entities);
        call.Arguments["resource_type"] = request.Resource.Type;
        call.Arguments["resource_id"] = request.Resource.Id;
        return call;
    }

    private static JsonObject FactsOf(EvaluationEntity entity, StatedEntities entities)
    {
        var facts = new JsonObject { ["type"] = entity.Type, ["id"] = entity.Id };
        if (entities.Find(entity.Type, entity.Id) is { } stated)
        {
            foreach (var member in stated.EnumerateObject().Where(m => m.Name is not ("type" or "id")))
                facts[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return facts;
    }
}
