using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Agents;

/// <summary>Who says who answers for an agent: its owner or security offers it, who is asked accepts, and nobody for another.</summary>
internal static class OwnershipRights
{
    /// <summary>Why a person may not take these actions; null when nothing stands against them.</summary>
    public static ControlOutcome? Refusal(OrganizationState state, Person person, IReadOnlyList<ControlAction> actions, DateTimeOffset now)
    {
        foreach (var action in actions)
        {
            ControlOutcome? refusal = action switch
            {
                AgentTransferProposed a => Owning(state, a.Agent, person),
                AgentBackupOwnerChanged a => Owning(state, a.Agent, person),
                AgentOwnerPromoted a => Owning(state, a.Agent, person),
                AgentTransferEnded a => state.Agents.GetValueOrDefault(a.Agent)?.Offer?.To == person.Id ? null : Owning(state, a.Agent, person),
                AgentTransferAccepted a => Accepting(state, a.Agent, person, now),
                _ => null,
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    private static ControlOutcome.NotAllowed? Owning(OrganizationState state, AgentId id, Person person) =>
        person.Has(PersonCapability.Security) || state.Agents.GetValueOrDefault(id)?.Owner == person.Id
            ? null
            : new ControlOutcome.NotAllowed("who answers for an agent is for its owner or security to say");

    private static ControlOutcome? Accepting(OrganizationState state, AgentId id, Person person, DateTimeOffset now) => state.Agents.GetValueOrDefault(id)?.Offer switch
    {
        { } offer when offer.To != person.Id => new ControlOutcome.NotAllowed("only who is asked to answer for an agent accepts"),
        { } offer when !offer.IsOpenAt(now) => new ControlOutcome.Invalid($"The offer was open for {OwnershipOffer.Life.Days} days; ask for another."),
        { } => null,
        null => new ControlOutcome.Invalid("Nobody is asked to answer for this agent."),
    };
}
