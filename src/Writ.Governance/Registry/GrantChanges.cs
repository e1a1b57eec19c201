using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about grants make of an agent.</summary>
internal static class GrantChanges
{
    /// <summary>
    /// The agent with exactly these grants, for good. One that it had keeps its date, and is no longer on its way out; a new one, and one whose time
    /// was over, has the record's.
    /// </summary>
    public static Agent Grant(this Agent agent, ImmutableArray<Grant> grants, ControlRecord record)
    {
        var now = new GrantOrigin(record.By.Person, Timestamp.FromMicroseconds(record.At));
        return agent.Holding(
            grants, grants.IsDefaultOrEmpty ? ImmutableDictionary<Grant, GrantOrigin>.Empty : grants.Distinct().ToImmutableDictionary(grant => grant, grant => agent.Granted.GetValueOrDefault(grant) is { } had && !(had.LeavesAt <= now.At) ? had with { StagedAt = null } : now));
    }

    /// <summary>The agent with grants on their way out, and with what stays of them, which is no younger than what it is part of.</summary>
    public static Agent Stage(this Agent agent, AgentGrantsStaged staged, ControlRecord record)
    {
        var at = Timestamp.FromMicroseconds(record.At);
        var granted = agent.Granted;
        foreach (var narrower in staged.Narrower)
        {
            var wide = agent.Grants.FirstOrDefault(grant => grant.Covers(narrower.Server, narrower.Tool))
                ?? throw new InvalidDataException($"{narrower} is no part of what agent {agent.Id} has been given");
            granted = granted.Staying(narrower, agent.Granted.GetValueOrDefault(wide) is { } origin ? origin with { StagedAt = null } : null);
        }

        foreach (var leaving in staged.Leaving)
        {
            if (!agent.Grants.Contains(leaving))
                throw new InvalidDataException($"agent {agent.Id} has no grant {leaving}");
            granted = granted.SetItem(leaving, (granted.GetValueOrDefault(leaving) ?? new GrantOrigin(null, at)) with { StagedAt = at });
        }

        return agent.Holding([.. agent.Grants.Union(staged.Narrower)], granted);
    }

    /// <summary>The agent with a grant that was on its way out, for good.</summary>
    public static Agent Restore(this Agent agent, AgentGrantRestored restored) =>
        agent.Granted.GetValueOrDefault(restored.Grant) is { StagedAt: not null } origin
            ? agent.Holding(agent.Grants, agent.Granted.SetItem(restored.Grant, origin with { StagedAt = null }))
            : throw new InvalidDataException($"{restored.Grant} of agent {agent.Id} was not being taken away");

    /// <summary>The agent without grants that were on their way out.</summary>
    public static Agent End(this Agent agent, AgentGrantsEnded ended) =>
        ended.Grants.FirstOrDefault(grant => agent.Granted.GetValueOrDefault(grant) is not { StagedAt: not null }) is { } standing
            ? throw new InvalidDataException($"{standing} of agent {agent.Id} was not being taken away")
            : agent.Holding(agent.Grants.RemoveRange(ended.Grants), agent.Granted.RemoveRange(ended.Grants));

    private static Agent Holding(this Agent agent, ImmutableArray<Grant> grants, ImmutableDictionary<Grant, GrantOrigin> granted) =>
        agent with { Grants = grants, Granted = granted, FirstLeavesAt = granted.Values.Min(origin => origin.LeavesAt) };

    private static ImmutableDictionary<Grant, GrantOrigin> Staying(this ImmutableDictionary<Grant, GrantOrigin> granted, Grant grant, GrantOrigin? origin) =>
        granted.GetValueOrDefault(grant) is { StagedAt: null } ? granted : origin is null ? granted.Remove(grant) : granted.SetItem(grant, origin);
}
