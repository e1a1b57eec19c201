using Writ.Governance.Agents;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Publishing;

/// <summary>Counts recorded actions that were decided anew, by agent. Not thread safe.</summary>
internal sealed class DenialTally
{
    private readonly Dictionary<AgentId, Entry> _agents = [];

    /// <summary>Counts an action.</summary>
    public void Add(ActionRequest request, bool newlyDenied)
    {
        var agent = request.Facts.Agent;
        if (!_agents.TryGetValue(agent.Id, out var entry))
            _agents.Add(agent.Id, entry = new Entry(agent));
        entry.Compared++;
        if (!newlyDenied)
            return;
        entry.Denied++;
        var action = request.Tool?.ActionName ?? "unknown";
        entry.Actions[action] = entry.Actions.GetValueOrDefault(action) + 1;
        if (entry.Decisions.Count < AgentForecast.MaxDecisions)
            entry.Decisions.Add(request.Id.ToString());
    }

    /// <summary>What was counted.</summary>
    public DenialForecast Forecast(int unreadable, bool complete) => new(
        _agents.Values.Sum(entry => entry.Compared),
        _agents.Values.Sum(entry => entry.Denied),
        unreadable,
        complete,
        [
            .. _agents.Values.Where(entry => entry.Denied > 0).OrderByDescending(entry => entry.Denied).ThenBy(entry => entry.Agent.Id.ToString(), StringComparer.Ordinal)
                .Take(DenialForecast.MaxAgents).Select(Of),
        ]);

    private static AgentForecast Of(Entry entry) => new(
        entry.Agent.Id,
        entry.Agent.Owner,
        entry.Denied,
        entry.Compared,
        [.. entry.Actions.OrderByDescending(action => action.Value).ThenBy(action => action.Key, StringComparer.Ordinal).Take(AgentForecast.MaxActions).Select(action => action.Key)],
        [.. entry.Decisions],
        entry.Agent.BackupOwner);

    private sealed class Entry(Agent agent)
    {
        public Agent Agent { get; } = agent;

        public int Compared { get; set; }

        public int Denied { get; set; }

        public Dictionary<string, int> Actions { get; } = new(StringComparer.Ordinal);

        public List<string> Decisions { get; } = [];
    }
}
