using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// Makes a call of an evaluation request. Members under names that the enforcement point was registered for are facts that it asserts;
/// all else it sends, wherever it stands, is arguments.
/// </summary>
internal static class EvaluationReading
{
    /// <summary>The call, or null and what is wrong with the request.</summary>
    public static ActionCall? Read(EvaluationRequest request, Caller.EnforcementPointCaller caller, string? taskToken, out string obstacle)
    {
        if (request.Subject.Type != "agent" || !AgentId.TryParse(request.Subject.Id, null, out var agentId))
            return Refuse("subject: expected type 'agent' and the agent's id", out obstacle);
        if (!caller.Point.Agents.Contains(agentId) || !caller.Organization.Agents.TryGetValue(agentId, out var agent))
            return Refuse("subject: not an agent that this enforcement point asks for", out obstacle);
        if (request.Resource.Type != "tool" || request.Resource.Id.IndexOf('/') is not (> 0 and var slash) || !ServerSlug.TryParse(request.Resource.Id[..slash], null, out var server))
            return Refuse("resource: expected type 'tool' and the id '<server>/<tool>'", out obstacle);
        var tool = request.Resource.Id[(slash + 1)..];
        if (!ToolName.IsValid(tool))
            return Refuse("resource: the tool's name is 1 to 128 of A-Z a-z 0-9 _ - . /", out obstacle);
        if (request.Action.Name != "tool/call" && request.Action.Name != Tool.ActionNameOf(server, tool))
            return Refuse($"action: expected 'tool/call' or '{Tool.ActionNameOf(server, tool)}'", out obstacle);

        var (facts, arguments) = (new JsonObject(), new JsonObject());
        foreach (var part in new[] { request.Subject.Properties, request.Resource.Properties, request.Action.Properties, request.Context })
        {
            if (part is not { } members)
                continue;
            if (members.ValueKind != JsonValueKind.Object)
                return Refuse("properties and context are objects", out obstacle);
            foreach (var member in members.EnumerateObject())
            {
                if (facts.ContainsKey(member.Name) || arguments.ContainsKey(member.Name))
                    return Refuse("the same name stands in two of subject, resource, action and context", out obstacle);
                (caller.Point.Facts.Contains(member.Name) ? facts : arguments)[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        if (Arguments.Parse(JsonSerializer.SerializeToUtf8Bytes(arguments, ArgumentNodes.Default.JsonObject)) is not ArgumentsReading.Read read)
            return Refuse("the arguments have no canonical form: numbers beyond exact range, or nested too deep", out obstacle);

        obstacle = "";
        return new ActionCall
        {
            Caller = caller,
            Agent = agent,
            Door = Door.DecisionApi,
            TaskToken = taskToken,
            Server = server,
            Tool = tool,
            Arguments = read.Arguments,
            Asserted = JsonSerializer.SerializeToElement(facts, ArgumentNodes.Default.JsonObject),
            Enforceable = caller.Point.Enforces.ToImmutableHashSet(StringComparer.Ordinal),
        };
    }

    private static ActionCall? Refuse(string why, out string obstacle)
    {
        obstacle = why;
        return null;
    }
}
