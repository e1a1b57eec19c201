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
        if (StatedCall.Read(request, caller, out obstacle) is not { } stated)
            return null;
        if (!caller.Point.Agents.Contains(stated.Agent) || !caller.Organization.Agents.TryGetValue(stated.Agent, out var agent))
            return Refuse("subject: not an agent that this enforcement point asks for", out obstacle);

        var (facts, arguments) = (stated.Facts, stated.Arguments);
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
            Server = stated.Server,
            Tool = stated.Tool,
            User = stated.User is { } user ? new Attested<string>(user, $"enforcement-point/{caller.Point.Name}") : null,
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
