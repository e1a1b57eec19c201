using Writ.Cedar.Entities;
using Writ.Cedar.Values;
using Writ.Governance.Agents;

namespace Writ.Governance.Policies;

/// <summary>What an agent is in the language of policies, over the entities of a snapshot. Immutable.</summary>
/// <param name="agent">The agent.</param>
/// <param name="entities">The snapshot's entities, and above them the agent's own.</param>
internal sealed class AgentTerms(Agent agent, EntityStore entities)
{
    public Agent Agent { get; } = agent;

    public EntityUid Uid { get; } = Vocabulary.Agent(agent.Id);

    public EntityStore Entities { get; } = entities;

    public Value Environment { get; } = agent.Environment;
}
