using System.Collections.Immutable;
using System.Globalization;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Answers;
using Writ.Governance.Querying.Language;
using Writ.Governance.Registry;

namespace Writ.Governance.Auditing;

/// <summary>
/// Takes grants away in stages: what a permitted call needed since it was staged stays, and what none needed for <see cref="GrantOrigin.Stage"/>
/// ends. Uses are what the records say, so that nothing waits for it in the path of an action.
/// </summary>
/// <param name="controls">Takes what follows, as Writ itself.</param>
/// <param name="registry">Where grants stand.</param>
/// <param name="indexes">The index of an organization's decisions; null where nothing is recorded yet.</param>
/// <param name="time">The clock.</param>
public sealed class GrantStaging(ControlService controls, RegistryHolder registry, Func<OrganizationId, RecordIndex?> indexes, TimeProvider time)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>How long after its stage a grant, which nothing has been permitted under since, is ended: the records have all arrived.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    // As many actions as one server could have tools, and more: what is cut off would be taken for unused.
    private const int MostRows = 100_000;

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>What a person's audit proposes, as the change that stages it; null, with why, where it cannot be.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="keep">The grants that are to stay, each of them had already or part of one.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="now">UTC; what is over by then is not had any more.</param>
    /// <param name="obstacle">What is wrong.</param>
    public static AgentGrantsStaged? Plan(Agent agent, ImmutableArray<Grant> keep, string reason, DateTimeOffset now, out string obstacle)
    {
        ArgumentNullException.ThrowIfNull(agent);
        agent = agent.At(now);
        obstacle = keep.FirstOrDefault(grant => !agent.Grants.Any(held => held.Covers(grant.Server, grant.Tool))) is { } foreign
            ? $"{foreign} is no part of what the agent has been given."
            : "";
        var leaving = agent.Grants.Where(grant => !keep.Contains(grant) && agent.Granted.GetValueOrDefault(grant)?.StagedAt is null).ToImmutableArray();
        if (obstacle.Length == 0 && leaving.IsEmpty)
            obstacle = "Nothing would leave.";
        return obstacle.Length > 0 ? null : new AgentGrantsStaged(agent.Id, leaving, [.. keep.Except(agent.Grants)], reason);
    }

    /// <summary>Looks, where that is due. Not for two at a time.</summary>
    public async Task SweepDueAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow() < _next)
            return;
        _next = time.GetUtcNow() + Period;
        await SweepAsync(cancellation);
    }

    /// <summary>Looks at every grant that is being taken away: restores what was needed, ends what was not. An index that cannot be asked now is asked next time.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var state in registry.Current.Organizations.Values)
        {
            foreach (var agent in state.Agents.Values.Where(agent => agent.FirstLeavesAt is not null))
            {
                if (Uses(state, agent) is { } uses)
                    await SweepAsync(state.Id, agent, uses, cancellation);
            }
        }
    }

    private async Task SweepAsync(OrganizationId organization, Agent agent, ActionUse[] uses, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ended = ImmutableArray.CreateBuilder<Grant>();
        foreach (var (grant, origin) in agent.Granted.Where(granted => granted.Value.StagedAt is not null))
        {
            if (uses.FirstOrDefault(use => use.Last >= origin.StagedAt && use.Last < origin.LeavesAt && use.IsUnder(grant) && !IsUnderAnother(agent, use)) is { } needed)
                await TakeAsync(organization, agent, new AgentGrantRestored(agent.Id, grant, $"{needed.Action} was permitted and needed it"), [grant], cancellation);
            else if (now >= origin.LeavesAt + Settling)
                ended.Add(grant);
        }

        if (ended.Count > 0)
            await TakeAsync(organization, agent, new AgentGrantsEnded(agent.Id, ended.ToImmutable()), ended.ToImmutable(), cancellation);
    }

    // What stays covers it as well: the one that leaves was not needed for it.
    private static bool IsUnderAnother(Agent agent, ActionUse use) =>
        agent.Grants.Any(grant => use.IsUnder(grant) && agent.Granted.GetValueOrDefault(grant)?.StagedAt is null);

    private async Task TakeAsync(OrganizationId organization, Agent seen, ControlAction action, ImmutableArray<Grant> about, CancellationToken cancellation) => await controls.TakeAsync(
        organization, null, Presence.Installation,
        state => about.All(grant => state!.Agents[seen.Id].Granted.GetValueOrDefault(grant) == seen.Granted[grant]) ? ControlPlan.Take(action) : ControlPlan.Refuse("Somebody changed it meanwhile."),
        cancellation);

    /// <summary>What was permitted since the first of its grants was staged, but for what came under a chain, which is another's authority; null where the records cannot be asked now.</summary>
    private ActionUse[]? Uses(OrganizationState state, Agent agent)
    {
        var since = agent.Granted.Values.Min(origin => origin.StagedAt)!.Value;
        var text = $"agent = {agent.Id} and outcome in (ALLOW, ALLOW_WITH_CONSTRAINTS) and not has chain and at >= {since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {ActionUse.Grouped}";
        if (RecordQuery.Parse(text, AgentsById.Instance) is not QueryReading.Read { Query: var query })
            throw new InvalidOperationException($"the sweep's own query is wrong: {text}");
        var asked = query with { Limit = MostRows };
        return (indexes(state.Id)?.Ask(asked) ?? new QueryResult.Answered(RecordIndex.Nothing(asked))) is QueryResult.Answered { Answer: var answer }
            ? [.. answer.Rows.Select(ActionUse.Of)]
            : null;
    }

    /// <summary>Agents by their ids alone.</summary>
    private sealed class AgentsById : IRecordNames
    {
        public static readonly AgentsById Instance = new();

        public IEnumerable<(string Name, string Id)> Agents => [];

        public string? Resource(string resource) => null;
    }
}
