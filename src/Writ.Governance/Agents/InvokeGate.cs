using Writ.Governance.Decisions;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>
/// Work that a person asked for goes on only while that person may ask it of the agent: a consent that ended or was taken back, and a team
/// that somebody left, end it with the next call. Work of a skill uses the tools of that skill.
/// </summary>
public sealed class InvokeGate : IGate
{
    public string Name => "invoke";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) => ValueTask.FromResult(
        !MayBeAsked(request.Organization, request.Facts)
            ? GateResult.Denied.Because(ReasonCodes.NotInvocable, request.Facts.Task.StartedBy is { } starter && request.Facts.Task.AskedBy.IsEmpty
                ? $"{starter.Value}, who asked for this work, may not ask it of the agent, or not any more"
                : "an agent that asked for this work, or whoever asked that for it, may not ask it, or not any more")
            : Beyond(request) is { } beyond ? GateResult.Denied.Because(ReasonCodes.BeyondSkill, beyond)
            : (GateResult)GateResult.Passed.Instance);

    /// <summary>Whether whoever asked for the work, where somebody did, may ask it of the agent: every one of those who handed it on, of the next.</summary>
    internal static bool MayBeAsked(OrganizationState state, Facts facts)
    {
        // Writ itself asks what its policies need to know, whoever asked for the work.
        if (facts.Door == Door.FactLookup)
            return true;
        var (asked, skill) = (facts.Task.AskedBy, facts.Task.Skill?.Value);
        if (facts.Task.StartedBy is { } starter)
        {
            if (!state.People.TryGetValue(starter.Value, out var person))
                return false;
            if (asked.IsEmpty)
                return AgentRights.MayInvoke(person, facts.Agent, facts.Time, skill);
            if (!state.Agents.TryGetValue(asked[0], out var first) || !AgentRights.MayInvokeSome(person, first, facts.Time))
                return false;
        }

        for (var hop = 0; hop < asked.Length; hop++)
        {
            var last = hop == asked.Length - 1;
            if ((last ? facts.Agent : state.Agents.GetValueOrDefault(asked[hop + 1])) is not { } next || !MayHandOn(state, asked[hop], next, facts.Time, skill, ofAnySkill: !last))
                return false;
        }

        return true;
    }

    /// <summary>Whether an agent that may act itself may ask another to work.</summary>
    private static bool MayHandOn(OrganizationState state, AgentId id, Agent next, DateTimeOffset now, string? skill, bool ofAnySkill) =>
        state.Agents.TryGetValue(id, out var asking) && asking.Lifecycle == AgentLifecycle.Active && !state.Kills.Standing.Any(kill => kill.Scope.Stops(asking))
        && (ofAnySkill ? AgentRights.MayInvokeSome(id, next, now) : AgentRights.MayInvoke(id, next, now, skill));

    /// <summary>Why work of the task's skill does not use this tool; null where it does, or is of no skill.</summary>
    private static string? Beyond(ActionRequest request)
    {
        if (request.Facts.Door == Door.FactLookup || request.Facts.Task.Skill is not { Value: var id })
            return null;
        return request.Facts.Agent.Card?.Skill(id) is not { } skill ? $"the card of the agent has no skill '{id}' any more"
            : skill.Tools.IsEmpty ? $"the skill '{id}' names no tools, or none any more"
            : skill.Tools.Any(tool => tool.Covers(request.Server, request.ToolName)) ? null
            : $"work of the skill '{id}' does not use this tool";
    }
}
